package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.Admin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Routes are put in order by buttons that are sent as forms, without a line of JavaScript. */
class RoutePagesTest {
    private static final String EDIT = "/console/routes/edit";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @Test
    void routes_are_saved_as_they_stand() {
        var page = console.post("/console/routes", saved());
        assertThat(page.html())
                .contains("Saved. It is in force now, except that a carrier which is not set up is passed over")
                .contains("value=\"DE AT +4915\"");
        var stored = api.get("/guardian/factors/phone/routes").body();
        assertThat(stored.path("routes").get(0).path("countries").get(1).asString())
                .isEqualTo("AT");
        assertThat(stored.path("routes").get(0).path("prefixes").get(0).asString())
                .isEqualTo("+4915");
        assertThat(stored.path("routes").get(0).path("providers").get(1).asString())
                .isEqualTo("mitto");
        assertThat(stored.path("other_channel").path("after_failures").asInt()).isEqualTo(1);
        assertThat(values(page.html(), "route")).isEqualTo(List.of("0", "1"));
    }

    @Test
    void a_route_of_carriers_that_are_set_up_is_in_force() {
        var page = console.post(
                "/console/routes", "route", "0", "channel-0", "sms", "where-0", "DE", "carriers-0", "twilio");
        assertThat(page.html()).contains("Saved. It is in use now.");
    }

    @Test
    void as_many_routes_as_there_may_be_fit_into_a_form() {
        var fields = new ArrayList<String>();
        for (int route = 0; route < 100; route++) {
            fields.addAll(
                    List.of("route", "" + route, "channel-" + route, "sms", "where-" + route, "+1" + (2000 + route)));
            for (var carrier : Ringcode.shared().bean(Carriers.class).all())
                fields.addAll(List.of("carriers-" + route, carrier.name()));
        }
        var page = console.post("/console/routes", fields.toArray(String[]::new));
        assertThat(page.status()).isEqualTo(200);
        assertThat(api.get("/guardian/factors/phone/routes").body().path("routes"))
                .hasSize(100);
        assertThat(console.post(EDIT, fields.toArray(String[]::new)).html()).contains("value=\"+12099\"");
    }

    private static String[] saved() {
        return new String[] {
            "route",
            "7",
            "channel-7",
            "sms",
            "where-7",
            "de at,+4915",
            "carriers-7",
            "twilio",
            "carriers-7",
            "mitto",
            "route",
            "3",
            "channel-3",
            "voice",
            "where-3",
            "",
            "carriers-3",
            "twilio",
            "other",
            "true",
            "after",
            "1"
        };
    }

    @Test
    void every_button_does_one_step_and_saves_nothing() {
        var page = press("down:7:twilio");
        assertThat(values(page, "carriers-7")).isEqualTo(List.of("mitto", "twilio"));
        assertThat(page)
                .contains("Twilio is now 2 of 2. Not saved yet.")
                .containsPattern("id=\"down-7-twilio\"[^>]*" + " autofocus");
        assertThat(values(press("up:7:mitto"), "carriers-7")).isEqualTo(List.of("mitto", "twilio"));
        assertThat(press("up:7:twilio")).as("already the first").contains("Twilio is now 1 of 2.");
        assertThat(values(press("remove:7:twilio"), "carriers-7")).isEqualTo(List.of("mitto"));
        page = press("down:7");
        assertThat(values(page, "route")).isEqualTo(List.of("3", "7"));
        assertThat(page).contains("SMS, de at,+4915 is now 2 of 2.").contains("value=\"de at,+4915\"");
        assertThat(values(press("remove:3"), "route")).isEqualTo(List.of("7"));
        assertThat(values(press("new"), "route")).isEqualTo(List.of("7", "3", "0"));
        page = press("add:3", "added-3", "infobip");
        assertThat(values(page, "carriers-3")).isEqualTo(List.of("twilio", "infobip"));
        assertThat(page).contains("Infobip is now 2 of 2.");
        assertThat(press("add:3", "added-3", "")).contains("Choose a carrier first.");
        assertThat(page)
                .as("what else was typed")
                .contains("name=\"after\" type=\"number\" min=\"1\" max=\"10\"" + " value=\"1\"");
        assertThat(api.get("/guardian/factors/phone/routes")
                        .body()
                        .path("routes")
                        .isEmpty())
                .isTrue();
    }

    private String press(String button, String... more) {
        var fields = new java.util.ArrayList<>(List.of(saved()));
        fields.addAll(List.of("do", button));
        fields.addAll(List.of(more));
        var page = console.post(EDIT, fields.toArray(String[]::new));
        assertThat(page.status()).isEqualTo(200);
        return page.html();
    }

    private static List<String> values(String html, String name) {
        return Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void what_the_rules_refuse_is_told_beside_the_route_and_nothing_is_lost() {
        var page = console.post(
                "/console/routes",
                "route",
                "0",
                "channel-0",
                "voice",
                "where-0",
                "",
                "carriers-0",
                "twilio",
                "route",
                "1",
                "channel-1",
                "voice",
                "where-1",
                "FR",
                "carriers-1",
                "mitto",
                "after",
                "x");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains("role=\"alert\"")
                .contains("value=\"x\"")
                .contains("value=\"FR\"");
        page = console.post(
                "/console/routes",
                "route",
                "0",
                "channel-0",
                "voice",
                "where-0",
                "",
                "carriers-0",
                "twilio",
                "route",
                "1",
                "channel-1",
                "voice",
                "where-1",
                "FR",
                "carriers-1",
                "mitto");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains("href=\"#where-1\"", "mitto does not offer voice.")
                .contains("id=\"where-1-problem\"");
        for (var where : new String[] {"XX", "+0", "Deutschland", "+49 1 5"})
            assertThat(console.post("/console/routes", "route", "0", "where-0", where, "carriers-0", "twilio")
                            .html())
                    .as(where)
                    .contains("role=\"alert\"")
                    .contains("value=\"" + where + "\"");
        assertThat(api.get("/guardian/factors/phone/routes")
                        .body()
                        .path("routes")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void forged_buttons_do_nothing() {
        for (var button :
                new String[] {"", "up", "up:", "up:9", "up:7:nobody", "remove:7:nobody", "add:9", "x:7:y", ":::"})
            assertThat(values(press(button), "carriers-7")).as(button).isEqualTo(List.of("twilio", "mitto"));
    }
}
