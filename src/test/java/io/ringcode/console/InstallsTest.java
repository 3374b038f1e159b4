package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.action.node.PackageRegistry;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** While npm installs what a script requires, its page tells how far it is, and then how it ended. */
class InstallsTest {
    private static final String SCRIPT = "module.exports = (recipient, text, context, cb) => cb(null, {});";
    private static final PackageRegistry REGISTRY = new PackageRegistry();
    private static final Ringcode SERVER = Ringcode.on(
            TestDatabase.freshDatabase(),
            new FakeCarrier(),
            new TestClock(),
            Map.of("RINGCODE_NPM_REGISTRY", REGISTRY.url().toString()));

    private final Console console = Console.of(SERVER.tenant());
    private final Admin api = Admin.of(console.tenant());

    @AfterAll
    static void stop() {
        SERVER.close();
        REGISTRY.close();
    }

    @Test
    void an_installation_is_told_while_it_goes_on_and_when_it_has_ended() throws Exception {
        REGISTRY.put("slow", "1.0.0", "", Map.of());
        REGISTRY.hold("slow");
        var saving = CompletableFuture.supplyAsync(() -> save("slow@1.0.0"));
        Eventually.holds("npm is at work", () -> installs().contains("data-state=\"building\""));
        SERVER.clock().advance(Duration.ofSeconds(7));
        assertThat(installs())
                .contains("for 7 s now")
                .contains("<code>slow@1.0.0</code>")
                .contains("npm is looking");
        assertThat(console.open("/console/hooks").html())
                .contains("<h2>packed</h2>")
                .contains(">Refresh</a>")
                .contains("hx-trigger=\"every 1s\"");
        assertThat(api.get("/hooks/builds")
                        .body()
                        .path("builds")
                        .get(0)
                        .path("status")
                        .asString())
                .isEqualTo("building");
        REGISTRY.release("slow");
        var saved = saving.get(1, TimeUnit.MINUTES);
        assertThat(saved.html())
                .contains("Saved.")
                .contains("data-state=\"built\"")
                .contains("after 7 s");
        var build = api.get("/hooks/builds").body().path("builds").get(0);
        assertThat(build.path("status").asString()).isEqualTo("built");
        assertThat(build.path("dependencies").path("slow").asString()).isEqualTo("1.0.0");
        assertThat(build.has("ended_at")).isTrue();
        assertThat(Admin.of(SERVER.tenant())
                        .get("/hooks/builds")
                        .body()
                        .path("builds")
                        .isEmpty())
                .as("another tenant")
                .isTrue();
        assertThat(console.open("/console/hooks").html())
                .as("it is a script now")
                .doesNotContain("data-state");
        SERVER.clock().advance(Duration.ofMinutes(16));
        assertThat(installs()).as("long ago").isBlank();
    }

    @Test
    void npms_error_is_told_until_something_is_saved() {
        var page = save("no-such-package@1.0.0");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains("npm could not install the dependencies (E404)")
                .contains("no-such-package@1.0.0</textarea>")
                .doesNotContain("data-state");
        assertThat(console.open("/console/hooks").html())
                .contains("data-state=\"failed\"")
                .contains("(E404)");
        var stopped = look();
        assertThat(stopped.status()).as("htmx asks no more").isEqualTo(286);
        assertThat(stopped.html()).contains("data-state=\"failed\"").doesNotContain(">Refresh<");
        SERVER.clock().advance(Duration.ofSeconds(1));
        assertThat(save("").html()).contains("Saved.").doesNotContain("data-state");
    }

    private Place save(String dependencies) {
        return console.post("/console/hooks", "name", "packed", "script", SCRIPT, "dependencies", dependencies);
    }

    private String installs() {
        return look().html();
    }

    private Place look() {
        return console.open("/console/hooks/installs?name=packed");
    }
}
