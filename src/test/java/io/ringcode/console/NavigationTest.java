package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.Navigation;
import io.ringcode.login.Browser;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to every page: the navigation, breadcrumbs, the search, and the bare address. */
class NavigationTest {
    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void every_page_of_the_navigation_is_there_and_says_where_it_is() {
        var console = Console.of(tenant);
        for (var entry : Navigation.pages()) {
            var page = console.open(entry.address());
            assertThat(page.status()).as(entry.address()).isEqualTo(200);
            assertThat(page.html())
                    .as(entry.address())
                    .contains("<h1>" + entry.name() + "</h1>")
                    .contains("<a href=\"" + entry.address() + "\" aria-current=\"page\">" + entry.name() + "</a>");
        }
    }

    @Test
    void every_setting_that_the_search_names_is_on_its_page() {
        var console = Console.of(tenant);
        for (var word : new String[] {"e", "a", "i", "o", "u"})
            for (var hit : Navigation.find(word)) {
                var parts = hit.address().split("#", 2);
                if (parts.length > 1)
                    assertThat(console.open(parts[0]).html()).as(hit.address()).contains("id=\"" + parts[1] + "\"");
            }
    }

    @Test
    void every_page_leads_to_its_help_which_is_there() {
        var console = Console.of(tenant);
        var link = Pattern.compile("class=\"help\" href=\"(/docs/[^\"#]+)#?([^\"]*)\"");
        for (var entry : Navigation.pages()) {
            var help = link.matcher(console.open(entry.address()).html());
            assertThat(help.find()).as(entry.address()).isTrue();
            var page = tenant.text(help.group(1));
            assertThat(page.statusCode()).as(help.group(1)).isEqualTo(200);
            if (!help.group(2).isEmpty()) assertThat(page.body()).contains("id=\"" + help.group(2) + "\"");
        }
    }

    @Test
    void breadcrumbs_lead_up() {
        var console = Console.of(tenant);
        var page = console.open("/console/phone/carriers/twilio");
        assertThat(page.html())
                .contains(
                        "aria-label=\"Breadcrumb\"",
                        "<li>Delivery</li>",
                        "<li><a href=\"/console/phone\">Phone factor</a></li>");
        assertThat(console.open("/console/clients/app").html())
                .contains("<li><a href=\"/console/clients\">Applications</a></li>");
    }

    @ParameterizedTest
    @CsvSource({
        "session lifetime,/console/settings#session_lifetime",
        "mfa,/console/settings/factor",
        "splunk csv,",
        "pumping,/console/fraud"
    })
    void settings_are_found_by_all_of_their_words(String typed, String address) {
        var found = Navigation.find(typed).stream().map(Navigation.Hit::address).toList();
        if (address == null) assertThat(found).isEmpty();
        else assertThat(found).contains(address);
    }

    @Test
    void users_messages_and_applications_are_found() {
        var console = Console.of(tenant);
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var user = "/console/users/" + Browser.encode(person.id().value()).replace("+", "%20");
        for (var typed :
                new String[] {person.email(), person.id().value(), number, number.substring(number.length() - 4)})
            assertThat(console.open("/console/find?q=" + Browser.encode(typed)).html())
                    .as(typed)
                    .contains("href=\"" + user + "\"", "href=\"/console/messages?user_id=");
        assertThat(console.open("/console/find?q=app").html()).contains("href=\"/console/clients/app\"");
        var id = console.open("/console/messages")
                .html()
                .replaceFirst("(?s).*?/console/messages/([0-9a-f-]{36}).*", "$1");
        assertThat(console.open("/console/find?q=" + id).html()).contains("href=\"/console/messages/" + id + "\"");
        assertThat(console.open("/console/find?q=nothing-at-all").html()).contains("No results.");
        console.browser.with("HX-Request", "true");
        assertThat(console.open("/console/find?q=" + Browser.encode(person.email()))
                        .html())
                .contains(user)
                .doesNotContain("<html");
    }

    @Test
    void the_search_shows_what_the_administrator_may_read() {
        var person = tenant.enrolled(TestTenant.newNumber());
        var limited = Console.of(tenant, Set.of("read:logs"));
        assertThat(limited.open("/console/find?q=" + Browser.encode(person.email()))
                        .html())
                .doesNotContain("/console/users/auth0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%FF", "%EF%BF%BF", "%22)(", "auth0%7C%22", "%5C", "*"})
    void the_search_reads_whatever_is_typed(String typed) {
        var page = Console.of(tenant).open("/console/find?q=" + typed);
        assertThat(page.status()).isIn(200, 400);
        assertThat(page.html()).startsWith("<!doctype html>");
    }

    @Test
    void the_bare_address_leads_an_administrator_to_the_console_and_tells_others_what_this_is() {
        var page = new Browser(tenant).open("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("This is a sign-in server.", "href=\"/console\"", "href=\"/docs\"");
        assertThat(Console.of(tenant).open("/").address()).isEqualTo("/console");
    }
}
