package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.management.Admin;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's pages of the guard against SMS pumping, without JavaScript. */
class FraudPagesTest {
    private static final String BLOCKED = "PREFIX_2 +228901210";
    private static final String AT = "/console/fraud";

    private final Pumping pumping = Pumping.fresh();
    private final TestTenant tenant = pumping.tenant();
    private final Console console = Console.of(tenant);
    private final Admin api = Admin.of(tenant);

    private void attack() {
        pumping.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SendLimits.NAME,
                        TestLimits.all(new Bucket(100_000, 1)),
                        pumping.server().clock().instant());
        for (int i = 0; i < 25; i++) {
            pumping.enrol("+2289012%04d".formatted(1_000 + i), "203.0.113.7");
            pumping.pass(Duration.ofSeconds(20));
        }
        pumping.exchange();
    }

    @Test
    void a_quiet_tenant_sees_a_page_that_says_so() {
        var html = console.open(AT).html();
        assertThat(html)
                .contains(
                        "Nothing was refused or watched in the last day.",
                        "There is no budget",
                        "No decisions in this period.")
                .contains("Numbers one after the other", "aria-current=\"page\">Fraud guard");
    }

    @Test
    void an_attack_is_shown_released_permitted_and_judged_again() {
        attack();
        var page = console.open(AT);
        assertThat(page.html())
                .contains("Numbers from +228901210…", ">blocked<", ">refused<", "Release<", "Always allow<")
                .doesNotContain("+22890121001")
                .contains("One address (…");
        page = console.post(AT + "/release", "scope_key", BLOCKED);
        assertThat(page.html()).contains("Released.", ">watched<");
        page = console.sure(AT + "/permit", "scope_key", BLOCKED);
        assertThat(page.html()).contains("Permitted.", "Evaluate again<");
        page = console.post(AT + "/judge", "scope_key", BLOCKED);
        assertThat(page.html()).contains("The rules evaluate it again.").doesNotContain("Evaluate again<");
        assertThat(console.post(AT + "/release", "scope_key", "nonsense").status())
                .isEqualTo(400);
        assertThat(console.post(AT + "/judge", "scope_key", "nonsense").html())
                .contains("role=\"alert\"", "The scope is not permitted.");
    }

    @Test
    void decisions_are_filtered_and_walked() {
        attack();
        var page = console.open(AT + "?rule=address&since=day");
        assertThat(page.html()).contains("value=\"address\" selected", "value=\"day\" selected", "One address");
        var decisions = page.html().substring(page.html().indexOf("id=\"decisions\""));
        assertThat(decisions).doesNotContain("Numbers from");
        page = console.open(AT + "?scope_key=PREFIX_2%20%2B228901210");
        assertThat(page.html()).contains("Only decisions on <strong>Numbers from +228901210…");
        var next = Pattern.compile("href=\"(/console/fraud\\?from=[^\"#]*)")
                .matcher(console.open(AT).html());
        assertThat(next.find()).isTrue();
        assertThat(console.open(next.group(1).replace("&amp;", "&")).html()).contains("Recent decisions");
        assertThat(console.open(AT + "?rule=weather").status()).isEqualTo(400);
    }

    @Test
    void the_brake_needs_one_confirmation_and_goes_off_at_once() {
        assertThat(console.open(AT).html()).contains("Stop all sending…");
        var page = console.sure(AT + "/brake", "on", "true");
        assertThat(page.html()).contains("All sending is stopped", "Resume sending");
        assertThat(api.get("/guardian/factors/phone/fraud/brake")
                        .body()
                        .path("on")
                        .asBoolean())
                .isTrue();
        assertThat(console.post(AT + "/brake", "on", "false").html()).contains("Messages are sent again.");
    }

    @Test
    void a_rule_goes_into_shadow_and_says_what_it_would_have_done() {
        console.post(AT + "/rules", modes("shadow"));
        attack();
        var page = console.open(AT);
        assertThat(page.html())
                .contains("value=\"shadow\" selected", "it would have refused", ">would refuse<")
                .doesNotContain(">blocked<");
        assertThat(console.post(AT + "/rules", "country", "sometimes").status()).isEqualTo(400);
        assertThat(console.post(AT + "/rules", modes("on")).html()).contains("Saved.");
    }

    @Test
    void last_week_is_replayed_under_other_modes_and_nothing_is_changed() {
        attack();
        var page = console.post(AT + "/rules/replay", modes("shadow"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains("With these modes it would have been 0 and 0, saving 0.00 USD", "value=\"shadow\" selected")
                .doesNotContain("They refused 0 and");
        assertThat(console.open(AT).html())
                .contains("What would have happened last week")
                .doesNotContain("With these modes", "value=\"off\" selected");
        assertThat(console.post(AT + "/rules/replay", "country", "sometimes").status())
                .isEqualTo(400);
    }

    private static String[] modes(String mode) {
        return List.of(FraudRule.values()).stream()
                .flatMap(rule -> java.util.stream.Stream.of(rule.wire(), mode))
                .toArray(String[]::new);
    }

    @Test
    void a_message_that_was_watched_says_why_in_its_story() {
        console.post(AT + "/rules", modes("shadow"));
        for (int i = 0; i < 12; i++) {
            var login = tenant.mfaToken(tenant.person(), "enroll");
            tenant.associate(login, "sms", "+2289012%04d".formatted(4_000 + i));
            pumping.pass(Duration.ofMinutes(2));
        }
        pumping.exchange();
        var link = Pattern.compile("href=\"(/console/messages/[0-9a-f-]{36})\"")
                .matcher(console.open(AT).html());
        assertThat(link.find()).isTrue();
        assertThat(console.open(link.group(1)).html()).contains("<h3>Fraud check</h3>", "Numbers from +22890");
    }

    @Test
    void kinds_and_lists_of_countries_are_set_and_what_is_wrong_stands_beside_its_field() {
        var at = AT + "/limits/numbers";
        var page = console.post(
                at,
                "permitted_kinds",
                "satellite",
                "row",
                "0",
                "channel-0",
                "voice",
                "client_id-0",
                "",
                "mode-0",
                "allow",
                "list-0",
                "at, CH",
                "row",
                "1",
                "channel-1",
                "",
                "client_id-1",
                "",
                "mode-1",
                "allow",
                "list-1",
                "");
        assertThat(page.html()).contains("Saved.", "value=\"AT CH\"", "value=\"satellite\" checked");
        page = console.post(
                at,
                "row",
                "7",
                "channel-7",
                "sms",
                "client_id-7",
                "",
                "mode-7",
                "allow",
                "list-7",
                "DE",
                "remove-7",
                "true",
                "row",
                "9",
                "channel-9",
                "",
                "client_id-9",
                "",
                "mode-9",
                "deny",
                "list-9",
                "DE Austria");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains(
                        "id=\"list-9-problem\"><span class=\"unseen\">Error: </span>Use two-letter country codes",
                        "aria-describedby=\"list-9-problem\"",
                        "value=\"DE Austria\"");
        assertThat(api.get("/guardian/factors/phone/fraud/numbers")
                        .body()
                        .path("countries")
                        .size())
                .isOne();
    }

    @Test
    void budgets_are_set_shown_with_bars_and_what_is_wrong_stands_beside_its_field() {
        var at = AT + "/limits/budgets";
        var page = console.post(
                at,
                "currency",
                "eur",
                "assumed_price",
                "0.05",
                "row",
                "0",
                "scope-0",
                "tenant",
                "of-0",
                "",
                "period-0",
                "month",
                "limit-0",
                "250",
                "row",
                "1",
                "scope-1",
                "country",
                "of-1",
                "tg",
                "period-1",
                "day",
                "limit-1",
                "3.5");
        assertThat(page.html()).contains("Saved.", "value=\"EUR\"", "value=\"250\"", "value=\"TG\"");
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        assertThat(console.open(AT).html()).contains("Everything, a month", "Togo, a day", "0.05 EUR", "250.00 EUR");
        page = console.post(
                at,
                "currency",
                "EUR",
                "assumed_price",
                "0.05",
                "row",
                "0",
                "scope-0",
                "tenant",
                "of-0",
                "",
                "period-0",
                "month",
                "limit-0",
                "250",
                "remove-0",
                "true",
                "row",
                "4",
                "scope-4",
                "country",
                "of-4",
                "Togo",
                "period-4",
                "day",
                "limit-4",
                "3");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("id=\"of-4-problem\"", "value=\"Togo\"", "href=\"#of-4\"");
        page = console.post(
                at,
                "currency",
                "EUR",
                "assumed_price",
                "much",
                "row",
                "0",
                "scope-0",
                "tenant",
                "limit-0",
                "x",
                "period-0",
                "day",
                "of-0",
                "");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("id=\"assumed_price-problem\"", "value=\"much\"");
        assertThat(console.post(
                                at,
                                "currency",
                                "",
                                "row",
                                "0",
                                "scope-0",
                                "tenant",
                                "limit-0",
                                "x",
                                "period-0",
                                "day",
                                "of-0",
                                "")
                        .html())
                .contains("id=\"currency-problem\"");
    }

    @Test
    void a_price_list_is_set_and_the_line_that_is_wrong_is_named_beside_the_field() {
        var at = AT + "/limits/prices/twilio";
        var page = console.post(at, "csv", "TG,,sms,0.21\r\nTG,,voice,cheap");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains(
                        "id=\"csv-problem\"><span class=\"unseen\">Error: </span>Line 2: the price must be a number",
                        "cheap</textarea>");
        page = console.post(at, "csv", "TG,,sms,0.21\r\nTG,22890,sms,0.34");
        assertThat(page.html()).contains("Saved.", "TG,22890,sms,0.34</textarea>");
        assertThat(console.open(AT + "/limits").html()).contains("2 lines, since");
        assertThat(console.sure(at + "/remove").html()).contains("Removed.").doesNotContain("2 lines, since");
        assertThat(console.open(AT + "/limits/prices/pigeon").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brake?on=maybe%00",
                "rules?x=y",
                "rules?%00=on",
                "release",
                "release?scope_key=%00",
                "permit?scope_key=COUNTRY",
                "judge?scope_key=%FF",
                "limits/numbers?permitted_kinds=mobile",
                "limits/numbers?row=0&channel-0=pigeon&list-0=DE&mode-0=allow",
                "limits/numbers?row=%00&list-%00=DE",
                "limits/budgets?row=0&limit-0=1e999999999&scope-0=tenant&period-0=day&currency=EUR",
                "limits/budgets",
                "limits/prices/twilio?csv=%00",
                "nothing"
            })
    void garbage_is_refused(String form) {
        var parts = form.split("[?]", 2);
        var page = console.browser.post(AT + "/" + parts[0], "sure=yes&" + (parts.length > 1 ? parts[1] : ""));
        if (!form.startsWith("brake")) assertThat(page.status()).isBetween(400, 499);
        assertThat(page.html()).startsWith("<!doctype html>");
        assertThat(console.open(AT).status()).isEqualTo(200);
        assertThat(console.open(AT + "/limits").status()).isEqualTo(200);
    }

    @Test
    void who_may_not_read_is_told_which_scope_is_missing_and_who_may_not_change_changes_nothing() {
        var stranger = Console.of(Ringcode.shared().tenant(), Set.of("read:users"));
        for (var path : new String[] {AT, AT + "/limits"})
            assertThat(stranger.open(path).html())
                    .contains("Insufficient scope, expected any of: read:attack_protection")
                    .doesNotContain("<form method=\"post\" action=\"/console/fraud");
        var reader = Console.of(Ringcode.shared().tenant(), Set.of("read:attack_protection"));
        assertThat(reader.open(AT).status()).isEqualTo(200);
        assertThat(reader.sure(AT + "/brake", "on", "true").html())
                .contains("Insufficient scope, expected any of: update:attack_protection", "Emergency brake");
    }
}
