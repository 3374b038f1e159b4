package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.StreamView;
import io.ringcode.management.Admin;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Log streams on pages: made by type, changed, paused, deleted. */
class StreamPagesTest {
    private static final String AT = "/console/log-streams";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @Test
    void every_type_has_a_form_that_makes_it() {
        for (var type : StreamView.TYPES.entrySet()) {
            var form = console.open(AT + "/new?type=" + type.getKey());
            assertThat(form.html())
                    .as(type.getKey())
                    .contains("New stream to " + type.getValue().title());
            var fields = new ArrayList<>(java.util.List.of("type", type.getKey(), "name", "to " + type.getKey()));
            for (var field : type.getValue().fields()) {
                fields.add(field.name());
                fields.add(
                        switch (field.kind()) {
                            case TEXT ->
                                field.usual().isEmpty()
                                        ? field.name().endsWith("oint")
                                                ? "https://logs.example.com/in"
                                                : "logs.example.com"
                                        : field.usual();
                            case SECRET ->
                                field.name().equals("sumoSourceAddress") ? "https://sumo.example.com/x" : "tell-nobody";
                            case CHOICE -> field.choices().getFirst();
                            case TICK -> "true";
                            case HEADERS -> "X-Source: ringcode\r\nX-Other: 1";
                        });
            }
            var made = console.post(AT, fields.toArray(String[]::new));
            assertThat(made.html()).as(type.getKey()).contains("Saved.", "to " + type.getKey(), "Health");
            assertThat(made.html()).as("a secret is not shown again").doesNotContain("tell-nobody");
        }
        var list = console.open(AT).html();
        for (var type : StreamView.TYPES.values()) assertThat(list).contains(type.title());
        assertThat(api.get("/log-streams").body().size()).isEqualTo(StreamView.TYPES.size());
    }

    @Test
    void what_is_left_empty_of_secrets_stays_and_what_hides_people_too() {
        var made = console.post(
                AT,
                "type",
                "splunk",
                "name",
                "Splunk",
                "splunkDomain",
                "s.example.com",
                "splunkPort",
                "8088",
                "splunkToken",
                "the-token",
                "splunkSecure",
                "true",
                "filters",
                "auth.login.fail",
                "hidden",
                "email",
                "method",
                "mask");
        var at = made.address().replace("?said=saved", "");
        var id = at.substring(at.lastIndexOf('/') + 1);
        var page = console.post(
                at,
                "name",
                "Splunk 2",
                "splunkDomain",
                "t.example.com",
                "splunkPort",
                "8089",
                "splunkToken",
                "",
                "hidden",
                "email",
                "method",
                "mask");
        assertThat(page.html()).contains("Saved.", "value=\"t.example.com\"").doesNotContain("the-token");
        var stored = api.get("/log-streams/" + id).body();
        assertThat(stored.path("sink").path("splunkToken").asString()).isEqualTo("the-token");
        assertThat(stored.path("sink").path("splunkSecure").asBoolean()).isFalse();
        assertThat(stored.has("filters")).isFalse();
        assertThat(console.post(at + "/status", "status", "paused").html()).contains("paused", "Resume");
        assertThat(api.get("/log-streams/" + id)
                        .body()
                        .path("pii_config")
                        .path("method")
                        .asString())
                .as("pausing hides no less")
                .isEqualTo("mask");
        assertThat(console.post(at + "/status", "status", "active").html()).contains("Pause");
        page = console.post(at, "name", "Splunk 2", "splunkDomain", "not a host", "splunkPort", "99999");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#splunkDomain\"", "id=\"splunkDomain-problem\"", "value=\"99999\"");
        assertThat(console.post(at + "/delete").html()).contains("What will happen", "pause it instead");
        assertThat(console.sure(at + "/delete").html()).contains("Removed.");
        assertThat(console.open(at).status()).isEqualTo(404);
    }

    @Test
    void others_streams_and_those_without_the_scope_are_out_of_reach() {
        var made = console.post(
                AT, "type", "syslog", "name", "Syslog", "syslogHost", "s.example.com", "syslogPort", "6514");
        var at = made.address().replace("?said=saved", "");
        var stranger = Console.of(Ringcode.shared().tenant());
        for (var act : new String[] {"", "/status", "/delete"})
            assertThat(stranger.sure(at + act, "name", "x", "status", "paused").status())
                    .as(act)
                    .isEqualTo(404);
        var reader = Console.of(tenant, Set.of("read:log_streams"));
        assertThat(reader.open(at).status()).isEqualTo(200);
        assertThat(reader.post(at + "/status", "status", "paused").html()).contains("Insufficient scope");
        assertThat(Console.of(tenant, Set.of("read:users")).open(AT).html()).contains("Insufficient scope");
        for (var garbage : new String[] {"/new?type=x", "/x", "/new?type=%00"})
            assertThat(console.open(AT + garbage).status()).as(garbage).isBetween(400, 499);
        assertThat(console.post(AT, "type", "mixpanel", "name", "x").status()).isEqualTo(404);
    }
}
