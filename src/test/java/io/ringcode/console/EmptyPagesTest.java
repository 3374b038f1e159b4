package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page with nothing on it says what will stand there and how to get there; what has to be taken elsewhere can be copied. */
class EmptyPagesTest {
    private static final Pattern COPY = Pattern.compile("data-copy=\"([^\"]+)\" hidden");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Console console = Console.of(tenant);

    @ParameterizedTest
    @CsvSource({
        "/console/log-streams,No log streams yet",
        "/console/hooks,No scripts yet",
        "/console/routes,No routes yet",
        "/console/users?q=nobody,No users found",
        "/console/messages?country=AQ,No messages match these filters",
        "/console/log?type=nothing,No line fits these filters",
        "/console/fraud,No decisions in this period"
    })
    void a_page_with_nothing_on_it_says_what_will_stand_there(String path, String words) {
        var page = console.open(path).html();
        assertThat(page).containsPattern("class=\"empty\">\\s*" + words);
    }

    @Test
    void every_secret_link_and_command_that_is_shown_can_be_copied() {
        var user = "/console/users/"
                + Browser.encode(tenant.enrolled(TestTenant.newNumber()).id().value());
        var pages = new String[] {
            console.post("/console/administrators/link").html(),
            console.post(user + "/link").html(),
            console.sure(user + "/recovery-code").html(),
            console.post("/console/mail/webhook", "endpoint", "https://notices.example.com/")
                    .html(),
            console.post("/console/clients", "name", "Copied", "type", "regular_web")
                    .html(),
            console.post("/console/api-keys", "name", "Copied", "scope", "read:logs")
                    .html(),
            console.post(
                            "/console/log-streams",
                            "type",
                            "http",
                            "name",
                            "Copied",
                            "httpEndpoint",
                            "https://logs.example.com/")
                    .html()
        };
        for (var page : pages) {
            var copies = COPY.matcher(page).results().toList();
            assertThat(copies).isNotEmpty();
            for (var copy : copies) assertThat(page).contains("id=\"" + copy.group(1) + "\"");
            var secrets = Pattern.compile("class=\"secret\" id=\"([^\"]+)\"")
                    .matcher(page)
                    .results()
                    .toList();
            assertThat(secrets).isNotEmpty();
            for (var secret : secrets) assertThat(page).contains("data-copy=\"" + secret.group(1) + "\"");
            var commands = Pattern.compile("<pre class=\"code\"[^>]* id=\"([^\"]+)\"[^>]*>curl ")
                    .matcher(page)
                    .results()
                    .toList();
            assertThat(commands).isNotEmpty();
            for (var command : commands) assertThat(page).contains("data-copy=\"" + command.group(1) + "\"");
        }
    }
}
