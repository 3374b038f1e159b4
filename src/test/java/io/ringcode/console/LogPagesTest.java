package io.ringcode.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.Csv;
import io.ringcode.console.view.View;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who follows the log gets every new line that fits once, the newest first. */
class LogPagesTest {
    private static final Pattern NEWS = Pattern.compile("hx-get=\"(/console/log/news[^\"]+)\"");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @Test
    void new_lines_that_fit_come_once_and_others_not() {
        settle();
        var page = console.open("/console/log?q=type%3Agd_tenant_update&follow=true");
        assertThat(page.html())
                .contains("id=\"follow\"")
                .contains("Stop following")
                .doesNotContain("class=\"empty\"");
        var next = next(page.html());
        assertThat(console.open(next).status()).as("nothing new").isEqualTo(204);
        change(8);
        assertThat(console.open(next).status()).as("a moment behind").isEqualTo(204);
        settle();
        var news = console.open(next);
        assertThat(news.html())
                .startsWith("<tbody id=\"follow\"")
                .doesNotContain("<html")
                .contains("class=\"fresh\"");
        assertThat(lines(news.html())).isEqualTo(1);
        next = next(news.html());
        assertThat(console.open(next).status()).as("each once").isEqualTo(204);
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        settle();
        assertThat(console.open(next).status()).as("of other types").isEqualTo(204);
        assertThat(console.open(next.replaceFirst("q&#61;[^&]*|q=[^&]*", "q=")).status())
                .as("of any type")
                .isEqualTo(200);
    }

    @Test
    void a_flood_says_that_lines_were_left_out() {
        settle();
        var next = next(console.open("/console/log?follow=true").html());
        for (int time = 0; time < 51; time++) change(6 + time % 2);
        settle();
        var news = console.open(next).html();
        assertThat(lines(news)).as("and one that tells").isEqualTo(View.Log.SHOWN + 1);
        assertThat(news).contains("There are more new events than can be shown here.");
    }

    @Test
    void without_javascript_a_link_leads_to_newer_lines() {
        var page = console.open("/console/log?q=type%3Agd_tenant_update").html();
        assertThat(page).contains("<a class=\"more\" href=\"/console/log?q=type%3Agd_tenant_update\">Newer</a>");
        assertThat(page).containsPattern("data-live hidden>Follow</a>").doesNotContain("id=\"follow\"");
        assertThat(console.open("/console/log?page=2").html()).contains("/console/log?page=1\">Newer</a>");
    }

    @Test
    void what_cannot_be_searched_cannot_be_followed() {
        var page = console.open("/console/log?q=%28&follow=true");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).doesNotContain("id=\"follow\"");
        for (var query : new String[] {"q=%28", "q=%00", "after=%00", "after=x"})
            assertThat(console.open("/console/log/news?" + query).status())
                    .as(query)
                    .isBetween(200, 499);
        assertThat(console.open("/console/log?follow=perhaps").status()).isEqualTo(400);
    }

    @Test
    void a_line_has_its_whole_story() {
        var page = console.open("/console/log?q=type%3As").html();
        var line = Pattern.compile("/console/log/([0-9a-f]+)\" data-story").matcher(page);
        assertThat(line.find()).isTrue();
        var at = "/console/log/" + line.group(1);
        assertThat(console.open(at).html())
                .contains("<dt>IP address</dt>", "<dt>User agent</dt>", "As JSON", "GET /api/v2/logs/" + line.group(1));
        assertThat(console.open("/console/log?open=" + line.group(1)).html())
                .contains("class=\"split open\"", "aria-current=\"true\"", "id=\"story-title\"");
        console.browser.with("HX-Request", "true");
        assertThat(console.open(at).html()).doesNotContain("<html").contains("story-title");
        console.browser.without("HX-Request");
        assertThat(console.open("/console/log/nothing").status()).isEqualTo(404);
        var stranger = Console.of(Ringcode.shared().tenant());
        assertThat(stranger.open(at).status()).isEqualTo(404);
    }

    @Test
    void an_administrator_is_named_by_the_email_address() {
        var reader = Console.of(tenant, Set.of("read:logs"));
        change(8);
        var page = console.open("/console/log?q=type%3Agd_tenant_update");
        assertThat(page.html()).contains("data-label=\"By\">" + console.email + "<");
        var line = Pattern.compile("/console/log/([0-9a-f]+)\" data-story").matcher(page.html());
        assertThat(line.find()).isTrue();
        assertThat(console.open("/console/log/" + line.group(1)).html())
                .containsPattern(
                        "<dt>Administrator</dt><dd><a href=\"/console/users/[^\"]+\">" + console.email + "</a>");
        var id = api.get("/administrators")
                .body()
                .valueStream()
                .filter(one -> one.path("email").asString().equals(console.email))
                .findFirst()
                .orElseThrow()
                .path("user_id")
                .asString();
        assertThat(reader.open("/console/log?q=type%3Agd_tenant_update").html())
                .as("who may not read who they are")
                .contains("data-label=\"By\">" + id + "<")
                .doesNotContain(console.email);
    }

    @Test
    void a_users_page_leads_to_the_users_own_log_and_messages() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var other = TestTenant.newNumber();
        tenant.enrolled(other);
        var user = console.open("/console/users/" + Browser.encode(person.id().value()))
                .html();
        var links = Pattern.compile("href=\"(/console/(?:messages|log)[?]user=[^\"]+)\"")
                .matcher(user)
                .results()
                .map(found -> found.group(1).replace("&#61;", "="))
                .toList();
        assertThat(links).hasSize(2);
        assertThat(console.open(links.getFirst()).html())
                .contains("XXXXXXXX" + number.substring(number.length() - 4))
                .doesNotContain("XXXXXXXX" + other.substring(other.length() - 4));
        assertThat(console.open(links.getLast()).html())
                .contains(person.email(), "<code>gd_enrollment_complete</code>");
    }

    @Test
    void lines_are_filtered_by_type_person_and_day() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var other = tenant.enrolled(TestTenant.newNumber());
        for (var typed :
                new String[] {person.email(), person.id().value(), number, number.substring(number.length() - 4)})
            assertThat(console.open("/console/log?user=" + Browser.encode(typed))
                            .html())
                    .as(typed)
                    .contains(person.email())
                    .doesNotContain(other.email());
        assertThat(console.open("/console/log?user=nobody").html()).contains("No line fits these filters.");
        var typed = console.open("/console/log?type=gd_send_sms&q=sms").html();
        assertThat(typed).contains("<code>gd_send_sms</code>").doesNotContain("<code>gd_tenant_update</code>");
        var today = tenant.server().clock().instant().toString().substring(0, 10);
        assertThat(console.open("/console/log?since=" + today + "&until=" + today)
                        .html())
                .contains("<code>s</code>");
        assertThat(console.open("/console/log?until=2020-01-01").html()).contains("No line fits");
        var wrong = console.open("/console/log?since=yesterday");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("id=\"since-problem\"", "href=\"#since\"");
        for (var garbage :
                new String[] {"type=%22%20OR%20*", "user=%22", "user=a%7C%22", "open=%22", "since=9999999-01-01"})
            assertThat(console.open("/console/log?" + garbage).status())
                    .as(garbage)
                    .isBetween(200, 499);
    }

    @Test
    void both_lists_are_there_as_files_without_formulas() {
        var number = TestTenant.newNumber();
        tenant.enrolled(number);
        var log = console.open("/console/log.csv?type=gd_send_sms");
        assertThat(log.whole().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"log.csv\"");
        assertThat(log.html())
                .startsWith("\"date\",\"type\"")
                .contains("\"gd_send_sms\"")
                .doesNotContain("\"s\"");
        var messages = console.open("/console/messages.csv?user=" + Browser.encode(number))
                .html();
        assertThat(messages.split("\r\n", -1)).hasSize(3);
        assertThat(messages).doesNotContain(number).contains("\"sms\",\"twilio\"");
        var file = new Csv("=1+1", "a\"b");
        var cells = new MockHttpServletResponse();
        assertThatCode(() -> file.write(cells, "x.csv")).doesNotThrowAnyException();
        assertThat(cells.getContentAsByteArray()).asString(UTF_8).isEqualTo("\"'=1+1\",\"a\"\"b\"\r\n");
    }

    @Test
    void messages_are_filtered_by_what_people_know_of_them() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        tenant.enrolled("+491511234" + (1000 + new java.util.Random().nextInt(8999)));
        var last = number.substring(number.length() - 4);
        for (var typed : new String[] {person.email(), person.id().value(), number, last})
            assertThat(console.open("/console/messages?user=" + Browser.encode(typed))
                            .html())
                    .as(typed)
                    .contains("XXXXXXXX" + last)
                    .doesNotContain("data-label=\"Country\">DE");
        assertThat(console.open("/console/messages?country=de").html())
                .contains("data-label=\"Country\">DE")
                .doesNotContain("data-label=\"Country\">US");
        assertThat(console.open("/console/messages?client=nobody").html()).contains("No messages match these filters.");
        assertThat(console.open("/console/messages?provider=twilio&channel=sms").html())
                .contains("XXXXXXXX" + last);
        assertThat(console.open("/console/messages?until=2020-01-01").html()).contains("No messages match");
        assertThat(console.open("/console/messages?since=x").html()).contains("id=\"since-problem\"");
    }

    private void change(int length) {
        console.post("/console/phone/codes", "length", "" + length, "seconds", "120");
    }

    private void settle() {
        tenant.server().clock().advance(Duration.ofSeconds(3));
    }

    private static String next(String html) {
        var found = NEWS.matcher(html);
        assertThat(found.find()).as(html).isTrue();
        return found.group(1).replace("&amp;", "&").replace("&#61;", "=");
    }

    private static int lines(String html) {
        return html.split("<tr", -1).length - 1;
    }
}
