package io.ringcode.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidTest {
    @Test
    void speaks_the_liquid_of_the_contract() {
        assertThat(render("{{ code }} is it")).isEqualTo("123456 is it");
        assertThat(render("{% if message_type == 'voice' %}{{ code }}{% else %}sms {{code}}{% endif %}"))
                .isEqualTo("sms 123456");
        assertThat(render("{% if locale contains \"fr\" %}oui{% elsif locale == 'de' %}ja{% else %}yes{% endif %}"))
                .isEqualTo("oui");
        assertThat(render("{% unless code == '1' and locale == 'fr' or code == '2' %}x{% endunless %}"))
                .isEqualTo("x");
        assertThat(render("{% case locale %}{% when 'de', 'fr-CA' %}two{% else %}other{% endcase %}"))
                .isEqualTo("two");
        assertThat(render("{% assign c = code | split: '' %}{% for d in c %}{{ d }} {% endfor %}"))
                .isEqualTo("1 2 3 4 5 6");
        assertThat(render("{% for i in (1..3) %}{% cycle 'a', 'b' %}{% endfor %}"))
                .isEqualTo("aba");
        assertThat(render("{% increment n %}{% increment n %}{% decrement m %}"))
                .isEqualTo("01-1");
        assertThat(render("{% raw %}{{ code }}{% endraw %}{% comment %} no {% endcomment %}"))
                .isEqualTo("{{ code }}");
        assertThat(render("{{ code | slice: 0, 3 }}-{{ code | slice: 3, 3 }}")).isEqualTo("123-456");
        assertThat(render("{{ code | replace: '1', 'one ' | append: '!' | prepend: '>' }}"))
                .isEqualTo(">one 23456!");
        assertThat(render("{{ tenant.friendly_name | upcase }} {{ tenant['friendlyName'] | escape }}"))
                .isEqualTo("A&B A&amp;B");
        assertThat(render("{{ 7 | plus: 3 | times: 2 | divided_by: 4 | at_most: 4 }} {{ 4.6 | round }}"))
                .isEqualTo("4 5");
        assertThat(render("{{ nobody }}{{ tenant.nobody.nothing }}{{ nobody | default: 'empty' }}"))
                .isEqualTo("empty");
        assertThat(render("Your enrollment code is: @{code}")).isEqualTo("Your enrollment code is: @{code}");
        assertThat(render("{% if code > 5 %}more{% else %}less{% endif %}")).isEqualTo("more");
    }

    @Test
    void blanks_around_the_text_are_cut_off() {
        assertThat(render("\n  {% if true %}\n  {{ code }}\n {% endif %}\n")).isEqualTo("123456");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in (1..1000000000) %}{% endfor %}",
                "{% for i in (1..100) %}{% for j in (1..100) %}{% for k in (1..100) %}{% endfor %}{% endfor %}{% endfor %}",
                "{% tablerow i in (1..1000000000) %}{% endtablerow %}",
                "{% for i in (1..900) %}{{ 'many words' }}{% endfor %}",
                "{{ 10 | round: 1000000000 }}",
                "{{ '1e999999999' | plus: 1 }}{% include 'x' %}",
                "{% include '/etc/passwd' %}",
                "{% capture a %}{{ 'x' | append: 'y' }}{% for i in (1..1000) %}12345678{% endfor %}{% endcapture %}",
            })
    void what_takes_too_much_is_refused_at_once(String template) {
        refusedAtOnce(template);
    }

    @Test
    void doubling_a_text_or_a_number_again_and_again_is_refused_at_once() {
        refusedAtOnce("{% assign a = 'xx' %}" + "{% assign a = a | append: a %}".repeat(40) + "{{ a | size }}");
        refusedAtOnce("{% assign a = 'xx' %}" + "{% assign a = a | replace: 'x', a %}".repeat(40) + "{{ a | size }}");
        refusedAtOnce("{% assign a = 'x y' | split: ' ' %}" + "{% assign a = a | concat: a %}".repeat(40));
        refusedAtOnce("{% assign a = 9.5 %}" + "{% assign a = a | times: a %}".repeat(40) + "{{ a | size }}");
    }

    @Test
    void work_that_never_ends_is_cut_off_in_time() {
        var text = "<".repeat(4_000);
        refusedAtOnce("{% for i in (1..900) %}{% assign a = '" + text + "' | strip_html %}{% endfor %}");
    }

    @Test
    void deep_nesting_is_refused_before_it_is_parsed() {
        assertThatThrownBy(() -> new Liquid("{% if true %}".repeat(600) + "x" + "{% endif %}".repeat(600)))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessage("has more than 32 blocks inside each other");
        assertThat(render("{% if true %}".repeat(30) + "x" + "{% endif %}".repeat(30)))
                .isEqualTo("x");
        refusedAtOnce("{% if " + "a and ".repeat(3_000) + "a %}{% endif %}");
        refusedAtOnce("{{ " + "a[".repeat(6_000) + "1" + "]".repeat(6_000) + " }}{% include 'x' %}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ code                 | line 1, column",
                "{% if code %}{{ code }} | line 1, column",
                "{% layout 'x' %}        | line 1, column",
                "{{ code ~ shout }}      | no filter available named",
                "{% endif %}             | line 1, column",
            })
    void the_author_is_told_what_is_wrong_in_one_line(String template, String told) {
        assertThatThrownBy(() -> new Liquid(template.replace('~', '|')))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageContaining(told)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void an_error_on_a_later_line_is_found_there() {
        assertThatThrownBy(() -> new Liquid("fine\nfine too\n  {% if %}")).hasMessageStartingWith("line 3, column ");
    }

    @Test
    void a_reason_never_quotes_the_code() {
        assertThatThrownBy(() -> new Liquid("{{ code | append: 'x' | times: 2 }}").render(variables("123456")))
                .isInstanceOf(InvalidTemplate.class)
                .message()
                .doesNotContain("123456");
    }

    @Test
    void the_largest_template_allowed_is_parsed_and_rendered_within_a_second() {
        for (var part : new String[] {
            "{{ code }}",
            "{% if a == 1 and b or c contains d %}{% endif %}",
            "{{ code | append: 'x' | replace: 'x', '' | slice: 0, 1 }}",
            "{{",
            "{%",
            "{{ a.b.c.d.e }}",
            "{% assign a = 'x' %}{% if " + "a and ".repeat(300) + "a %}{% endif %}",
        }) withinASecond(() -> new Liquid(part.repeat(19_000 / part.length())).render(variables("123456")));
    }

    @Test
    void a_template_longer_than_the_limit_is_refused() {
        assertThatThrownBy(() -> new Liquid("x".repeat(20_001))).hasMessage("is longer than 20000 characters");
        assertThatThrownBy(() -> new Liquid("  ")).hasMessage("is empty");
    }

    @Test
    void messages_rendered_at_once_never_swap_their_codes() throws Exception {
        var liquid = new Liquid("{% for i in (1..20) %}{% assign keys = code | split: '' %}{% endfor %}{{ code }}");
        var calls = new ArrayList<Callable<String>>();
        var codes =
                IntStream.range(100_000, 102_000).mapToObj(Integer::toString).toList();
        for (var code : codes) calls.add(() -> liquid.render(variables(code)));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var texts = new ArrayList<String>();
            for (var text : threads.invokeAll(calls)) texts.add(text.get());
            assertThat(texts).isEqualTo(codes);
        }
    }

    private static void refusedAtOnce(String template) {
        withinASecond(() -> assertThatThrownBy(() -> new Liquid(template).render(variables("123456")))
                .isInstanceOf(InvalidTemplate.class));
    }

    /** Of CPU, since other tests may keep the machine busy; and refused is as good as done. */
    private static void withinASecond(Runnable work) {
        var cpu = ManagementFactory.getThreadMXBean();
        long start = cpu.getCurrentThreadCpuTime();
        try {
            work.run();
        } catch (InvalidTemplate _) {
            // one of the limits
        }
        assertThat(Duration.ofNanos(cpu.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private static String render(String template) {
        return new Liquid(template).render(variables("123456"));
    }

    private static Map<String, Object> variables(String code) {
        return Map.of(
                "code",
                code,
                "message_type",
                "sms",
                "tenant",
                Map.of("friendly_name", "A&B", "friendlyName", "A&B"),
                "locale",
                "fr-CA");
    }
}
