package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.Navigation;
import io.ringcode.management.Admin;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every page of the console has the commands that do the same by the Management API, and they work as they are copied. */
class ApiSamplesTest {
    private static final Pattern SHOWN = Pattern.compile(
            "(?s)<pre class=\"code\" tabindex=\"0\" id=\"(api-[0-9])\"[^>]*>(.*?)</pre>"
                    + "\\s*<p><button[^>]*data-copy=\"\\1\" hidden>Copy</button> Requires the scope <code>([^<]+)</code>");
    private static final Pattern COMMAND = Pattern.compile("(?s)curl -s (?:-X ([A-Z]+) )?\"([^\"]+)\" \\\\\n"
            + "  -H \"Authorization: Bearer \\$TOKEN\"(?: -H 'Content-Type: application/json' \\\\\n  -d '(.*)')?");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);
    private final JsonNode described =
            tenant.get("/api/openapi.json", null).body().path("paths");

    @TestFactory
    Stream<DynamicTest> commands_work_as_they_are_copied() {
        return Navigation.pages().stream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> commandsWork(page.address())));
    }

    private void commandsWork(String address) {
        var html = console.open(address).html();
        var shown = SHOWN.matcher(html).results().toList();
        assertThat(shown).as("commands of %s", address).isNotEmpty();
        assertThat(html.split("id=\"api-", -1)).as("each can be copied").hasSize(shown.size() + 1);
        for (var one : shown) {
            var command = COMMAND.matcher(text(one.group(2)));
            assertThat(command.matches()).as(one.group(2)).isTrue();
            var method = command.group(1) == null ? "GET" : command.group(1);
            assertThat(command.group(2)).startsWith(tenant.issuer() + "api/v2/");
            var path = command.group(2).substring((tenant.issuer() + "api/v2").length());
            var answer = api.call(method, path, command.group(3));
            assertThat(answer.status())
                    .as("%s: %s", one.group(2), answer.body())
                    .isBetween(200, 299);
            assertThat(scopes(method, path)).as(path).contains("\"" + one.group(3) + "\"");
        }
    }

    private String scopes(String method, String path) {
        var asked = "/api/v2" + path.replaceFirst("\\?.*", "");
        return described.properties().stream()
                .filter(one -> asked.matches(one.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                .map(one -> one.getValue()
                        .path(method.toLowerCase(Locale.ROOT))
                        .path("security")
                        .toString())
                .reduce("", String::concat);
    }

    private static String text(String html) {
        return html.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#61;", "=")
                .replace("&amp;", "&");
    }
}
