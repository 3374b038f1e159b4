package io.ringcode.attack;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import io.ringcode.management.Endpoint;
import io.ringcode.management.OneOfEach;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Nothing that is read keeps a connection to the database: a server with two of them answers every address that can be
 * read, many times over, and has both of them afterwards. The addresses come from the server's own routes.
 */
class SmallPoolTest {
    private static final int TIMES = 20;

    /** Takes no connection of its own while it waits, and never ends. */
    private static final String ENDLESS = "/dev/phone/events";

    /** What stands in paths for a choice. */
    private static final Map<String, String> CHOICES = Map.ofEntries(
            entry("/console/templates/{purpose}/{channel}/{language}", "verification/sms/en"),
            entry("/api/v2/guardian/factors/{name}", "sms"),
            entry("/api/v2/prompts/{prompt}/custom-text/{language}", "mfa-sms/en"),
            entry("/api/v2/prompts/{prompt}/partials", "login"),
            entry("/api/v2/email-templates/{name}", "verify_email"),
            entry("/api/v2/actions/triggers/{id}/bindings", "send-phone-message"),
            entry("/api/v2/actions/triggers/{trigger}/bindings", "send-phone-message"),
            entry("/console/phone/carriers/{name}", "twilio"),
            entry("/console/assets/{name}", "console.css"),
            entry("/u/assets/{name}", "pages.css"),
            entry("/u/{screen}", "login"),
            entry("/api/v2/guardian/factors/phone/texts/{purpose}/history", "verification"),
            entry("/api/v2/guardian/factors/phone/texts/{purpose}/{channel}/{language}", "verification/sms/en"),
            entry(
                    "/api/v2/guardian/factors/phone/texts/{purpose}/{channel}/{language}/history",
                    "verification/sms/en"));

    /** A page of the console, and where the Management API has the same ids. */
    private static final Map<String, String> SAME = Map.of(
            "/console/messages/{id}", "/api/v2/guardian/factors/phone/messages/{id}",
            "/console/users/{id}", "/api/v2/users/{id}",
            "/console/clients/{id}", "/api/v2/clients/{id}",
            "/console/clients/{id}/delete", "/api/v2/clients/{id}",
            "/console/clients/{client}/grants/new", "/api/v2/clients/{id}",
            "/console/clients/{client}/grants/{id}", "/api/v2/clients/{id}",
            "/console/hooks/{id}", "/api/v2/hooks/{id}");

    private static final Ringcode NODE = Ringcode.besideShared(2);
    private static final OneOfEach MINE = OneOfEach.made();
    private static final TestTenant TENANT = MINE.admin().tenant().at(NODE);
    private static final Admin ADMIN = new Admin(TENANT, MINE.admin().token());

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @Test
    void everything_can_be_read_many_times_by_two_connections() throws Exception {
        var browser = Console.of(TENANT).browser;
        var unread = new ArrayList<String>();
        for (var endpoint : readable()) {
            var path = path(endpoint);
            for (int i = 0; i < TIMES && unread.isEmpty(); i++) {
                var status = endpoint.path().startsWith("/api/v2/") ? called(path) : opened(browser, path);
                if (status >= 500) unread.add(endpoint + " answers " + status);
                if (status == 429) NODE.clock().advance(Duration.ofSeconds(10));
            }
        }
        assertThat(unread).isEmpty();
        var pool = Objects.requireNonNull(NODE.bean(HikariDataSource.class).getHikariPoolMXBean());
        Eventually.holds("both connections are back", () -> pool.getActiveConnections() == 0);
    }

    private static List<Endpoint> readable() {
        return Endpoint.all().stream()
                .filter(endpoint -> endpoint.method() == RequestMethod.GET)
                .filter(endpoint -> !endpoint.path().equals(ENDLESS))
                .toList();
    }

    private static String path(Endpoint endpoint) {
        var path = endpoint.path().replaceAll("\\{kind:[^}]*}", "css");
        var choice = CHOICES.get(path);
        if (choice != null) return filled(path, List.of(choice.split("/", -1)));
        if (!path.contains("{")) return path;
        if (path.startsWith("/api/v2/")) return filled(path, MINE.idsFor(endpoint));
        var same = SAME.get(path);
        if (same == null) return filled(path, List.of("AC00000000000000000000000000000000", "x"));
        var ids = MINE.idsFor(new Endpoint(RequestMethod.GET, same, endpoint.handler()));
        return filled(path, List.of(ids.getFirst(), "cgr_x"));
    }

    private static String filled(String path, List<String> ids) {
        for (var id : ids) path = path.replaceFirst("\\{[^}]+}", id);
        return path.replace("|", "%7C");
    }

    private static int called(String path) {
        return ADMIN.get(path.substring("/api/v2".length())).status();
    }

    private static int opened(Browser browser, String path) {
        return browser.open(path).status();
    }
}
