package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.client.ManagementScopes;
import io.ringcode.delivery.carrier.Carrier;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator does on the console's pages, and who may not. */
class ConsoleTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);

    @Test
    void a_link_makes_an_administrator_once_and_never_without_a_second_factor() {
        var token = Console.link(tenant, ManagementScopes.ALL);
        var browser = new Browser(tenant);
        assertThat(browser.open("/console/first?token=" + token).html()).contains("Become an administrator");
        assertThat(browser.post("/console/first", "token=" + token + "&email=nobody&password=long-enough")
                        .html())
                .contains("Enter an email address");
        assertThat(browser.post("/console/first", "token=" + token + "&email=a@example.com&password=short")
                        .html())
                .contains("8 to 512 characters");
        assertThat(browser.post("/console/first", "token=" + token + "&email=a@example.com&password=football1")
                        .html())
                .contains("easy to guess");
        var page = browser.post("/console/first", "token=" + token + "&email=a@example.com&password=long-enough");
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(browser.open("/console").screen()).as("before it is done").isEqualTo("login");
        assertThat(new Browser(tenant).open("/console/first?token=" + token).status())
                .isEqualTo(400);
        assertThat(new Browser(tenant)
                        .post("/console/first", "token=" + token + "&email=b@example.com&password=long-enough")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_administrator_sees_the_page_that_was_asked_for() {
        var console = Console.of(tenant);
        assertThat(console.open("/console").html()).contains("Getting started");
        console.post("/console/leave");
        var page = console.open("/console/users?q=ada");
        assertThat(page.screen()).isEqualTo("login");
        page = console.browser.send(page, "username", console.email, "password", Console.PASSWORD);
        page = console.browser.send(page, "type", "sms");
        var number = Pattern.compile("\\+\\d+").matcher("");
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(number.reset(page.html()).find())
                .as("a whole number on a page")
                .isFalse();
    }

    @Test
    void nobody_else_comes_in() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var browser = new Browser(tenant);
        var page = browser.open("/console/phone");
        assertThat(page.html()).as("no way to sign up").doesNotContain("/u/signup");
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.html()).contains("not an administrator");
        var other = new Browser(Ringcode.shared().tenant());
        other.cookies.putAll(Console.of(tenant).browser.cookies);
        assertThat(other.open("/console").screen()).isEqualTo("login");
    }

    @Test
    void a_session_of_the_console_is_over_after_twelve_hours() {
        var console = Console.of(tenant);
        tenant.server().clock().advance(Duration.ofHours(12).plusSeconds(1));
        assertThat(console.open("/console").screen()).isEqualTo("login");
    }

    @Test
    void the_factor_is_set_up_and_the_log_says_by_whom() {
        var console = Console.of(tenant);
        assertThat(console.post("/console/phone/factor", "on", "true").html()).contains("Choose SMS, voice or both.");
        var page =
                console.post("/console/phone/factor", "on", "true", "types", "voice", "types", "sms", "always", "true");
        assertThat(page.html()).contains("Saved.");
        assertThat(api.get("/guardian/factors/phone/message-types")
                        .body()
                        .path("message_types")
                        .size())
                .isEqualTo(2);
        assertThat(api.get("/guardian/policies").body().get(0).asString()).isEqualTo("all-applications");
        console.sure("/console/phone/factor", "types", "sms");
        assertThat(api.get("/guardian/policies").body().isEmpty()).isTrue();
        assertThat(console.post("/console/phone/codes", "length", "8", "seconds", "120")
                        .html())
                .contains("value=\"8\"");
        assertThat(console.post("/console/phone/codes", "length", "4", "seconds", "120")
                        .status())
                .isEqualTo(400);
        var line =
                api.get("/logs?q=type%3Agd_tenant_update&sort=date%3A-1").body().get(0);
        assertThat(line.path("client_name").asString()).isEqualTo("Console");
        assertThat(line.path("details").path("administrator").asString()).startsWith("auth0|");
    }

    @Test
    void a_carrier_is_checked_saved_tried_and_chosen() {
        var console = Console.of(tenant);
        var at = "/console/phone/carriers/mitto";
        tenant.server().carrier().next(CarrierReply.json(401, "{}"));
        var page = console.post(at, "api_key", "wrong", "default_from", "Acme", "delivery_methods", "text");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains("role=\"alert\"")
                .contains("value=\"Acme\"")
                .doesNotContain("value=\"wrong\"");
        tenant.server().carrier().next(CarrierReply.json(200, "{\"id\":\"1\",\"responseCode\":0}"));
        page = console.post(at, "api_key", "right", "default_from", "Acme", "delivery_methods", "text");
        assertThat(page.html()).contains("Saved").doesNotContain("right");
        assertThat(page.html()).contains("No messages are sent by this account yet", "not in use");
        tenant.server().carrier().next(CarrierReply.json(200, "{\"id\":\"2\",\"responseCode\":0}"));
        page = console.post(at + "/try", "to", "+1 (415) 555-0123", "method", "text");
        assertThat(page.html()).contains("The carrier accepted the message");
        assertThat(api.get("/guardian/factors/phone/selected-provider").text("provider"))
                .as("saving an account switches nothing")
                .isEqualTo("twilio");
        assertThat(console.post(at + "/use").html()).contains("In use. Every message", "in use</span>");
        assertThat(console.open("/console/phone").html()).contains("value=\"mitto\" checked");
        var routes = console.post(
                "/console/routes/edit",
                "route",
                "0",
                "channel-0",
                "sms",
                "carriers-0",
                "mitto",
                "carriers-0",
                "vonage");
        assertThat(routes.html())
                .contains("not set up<span class=\"unseen\">: Vonage")
                .doesNotContain("unseen\">: Mitto");
        console.post("/console/phone/provider", "provider", "twilio");
        assertThat(console.sure(at + "/remove").html()).contains("Removed");
        assertThat(api.get("/branding/phone/providers").body().path("providers").size())
                .isEqualTo(1);
    }

    static List<String> carriers() {
        return Ringcode.shared().bean(Carriers.class).all().stream()
                .map(Carrier::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void every_carrier_has_a_form(String carrier) {
        var page = Console.of(tenant).open("/console/phone/carriers/" + carrier);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("Check and save").doesNotContain("the-token-of-twilio");
    }

    @Test
    void a_message_has_its_whole_story() {
        var console = Console.of(tenant);
        var number = TestTenant.newNumber();
        tenant.server().carrier().next(CarrierReply.twilioError(400, 21211));
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        var list = console.open("/console/messages?state=failed");
        assertThat(list.html()).contains(number.substring(number.length() - 4)).doesNotContain(number);
        var link = Pattern.compile("/console/messages/[0-9a-f-]{36}").matcher(list.html());
        assertThat(link.find()).isTrue();
        var story = console.open(link.group());
        assertThat(story.html()).contains("21211").contains("The person should enroll another one.");
        assertThat(console.open("/console/messages?state=nonsense").status()).isEqualTo(400);
        assertThat(console.open("/console/messages/nonsense").status()).isEqualTo(404);
    }

    @Test
    void a_part_of_a_page_is_answered_alone() {
        var console = Console.of(tenant);
        console.browser.with("HX-Request", "true");
        assertThat(console.open("/console/messages").html())
                .contains("<table class=\"cards\"")
                .doesNotContain("<html");
        assertThat(console.post("/console/templates/all/preview", "enrollment", "{{ code", "verification", "x")
                        .html())
                .contains("class=\"alert\"")
                .doesNotContain("<html");
        console.browser.cookies.clear();
        assertThat(console.open("/console/messages").whole().headers().firstValue("HX-Refresh"))
                .hasValue("true");
    }

    @Test
    void a_script_is_written_given_secrets_tried_and_put_back() {
        var console = Console.of(tenant);
        assertThat(console.open("/console/hooks/new?example=vonage").html())
                .contains("module.exports")
                .contains("It reads these secrets", "<code>VONAGE_");
        assertThat(console.post("/console/hooks", "name", "mine", "script", "this is no JavaScript", "enabled", "true")
                        .html())
                .contains("role=\"alert\"")
                .contains("this is no JavaScript</textarea>");
        var code = "module.exports = (recipient, text, context, cb) => { console.log('to ' + recipient);"
                + " cb(null, { MessageID: context.webtask.secrets.KEY }); };";
        var page = console.post("/console/hooks", "name", "mine", "script", code, "enabled", "true");
        assertThat(page.html()).as(page.html()).contains("Saved.");
        var at = page.address().replace("?said=saved", "");
        assertThat(console.post(at + "/secrets", "key", "KEY", "value", "tell-nobody")
                        .html())
                .contains("<code>KEY</code>")
                .doesNotContain("tell-nobody");
        page = console.post(at + "/try", "recipient", "+1 415 555 0123");
        assertThat(page.html()).contains("<strong>sent</strong>").contains("to ");
        console.post("/console/phone/provider", "provider", "phone-message-hook");
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                        .status())
                .isEqualTo(200);
        assertThat(console.post(at, "name", "mine", "script", code).html()).contains("The script is off");
        page = console.post(at, "name", "mine", "script", code + "// again", "enabled", "true");
        assertThat(page.html()).contains("// again</textarea>");
        page = console.post(at + "/versions/1");
        assertThat(page.html()).doesNotContain("// again</textarea>");
        assertThat(console.sure(at + "/secrets/remove", "key", "KEY").html()).doesNotContain("value=\"KEY\"");
        assertThat(console.sure(at + "/remove").html()).contains("No scripts yet.");
        assertThat(console.open(at).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon-sns", "esendex", "infobip", "mitto", "telesign", "twilio", "vonage"})
    void every_example_is_there_to_begin_with(String example) {
        assertThat(Console.of(tenant)
                        .open("/console/hooks/new?example=" + example)
                        .html())
                .contains("module.exports")
                .doesNotContain("Nothing is sent yet");
    }

    @Test
    void somebody_who_is_stuck_is_found_and_helped() {
        var console = Console.of(tenant);
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var found = console.open("/console/users?q=" + Browser.encode(person.email()));
        assertThat(found.html()).contains(person.email());
        assertThat(console.open("/console/users?q="
                                + Browser.encode(person.email().substring(0, 6)))
                        .html())
                .contains(person.email());
        var last = number.substring(number.length() - 4);
        for (var typed : new String[] {
            last, "XXXXXXXX" + last, "…" + last, number, number.substring(0, 5) + " " + number.substring(5)
        })
            assertThat(console.open("/console/users?q=" + Browser.encode(typed)).html())
                    .as(typed)
                    .contains(person.email());
        assertThat(console.open("/console/users?q=no%22body%20%26%20(x").html()).contains("No users found.");
        var at = "/console/users/" + Browser.encode(person.id().value());
        var page = console.open(at);
        assertThat(page.html()).contains("phone").contains("Remove").doesNotContain(number);
        assertThat(console.sure(at + "/recovery-code").html()).containsPattern("class=\"secret\"[^>]*>[A-Z0-9]{24}<");
        var link = Pattern.compile("class=\"secret\"[^>]*>http://[^/]+(/mfa/enrollment[^<]+)<")
                .matcher(console.post(at + "/link").html());
        assertThat(link.find()).isTrue();
        assertThat(new Browser(tenant).open(link.group(1).replace("&#61;", "=")).screen())
                .isEqualTo("mfa-begin-enroll-options");
        assertThat(console.post(at + "/unlock").html()).contains("Unlocked");
        assertThat(console.sure(at + "/reset").html()).contains("None yet.");
        assertThat(console.open("/console/users/auth0%7Cnobody").status()).isEqualTo(404);
    }

    @Test
    void a_user_is_created_blocked_let_in_and_deleted() {
        var console = Console.of(tenant);
        var email = "made" + TestTenant.newNumber().substring(1) + "@example.com";
        var page = console.post("/console/users/new", "email", email, "password", "football1");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#password\"", "too common", "value=\"" + email + "\"");
        assertThat(console.post("/console/users/new", "email", "nobody").html()).contains("id=\"email-problem\"");
        page = console.post("/console/users/new", "email", email, "name", "Made", "password", "a good password");
        assertThat(page.html()).contains("Created.", email);
        assertThat(console.post("/console/users/new", "email", email).html()).contains("already a user");
        var at = page.address().replace("?said=created", "");
        var browser = new Browser(tenant);
        assertThat(console.sure(at + "/block").html()).contains("Blocked.", "Unblock user");
        assertThat(console.open("/console/users?q=" + email).html()).contains(">blocked<");
        assertThat(console.post(at + "/unblock").html()).contains("Unblocked.");
        assertThat(console.sure(at + "/delete").html()).contains("Removed.");
        assertThat(console.open(at).status()).isEqualTo(404);
        assertThat(browser.open(at).screen()).isEqualTo("login");
        var reader = Console.of(tenant, Set.of("read:users"));
        var other = "/console/users/" + Browser.encode(tenant.person().id().value());
        for (var act : new String[] {"/block", "/unblock", "/delete"})
            assertThat(reader.sure(other + act).html()).as(act).contains("Insufficient scope");
    }

    @Test
    void an_administrator_lets_another_one_in_and_out() {
        var console = Console.of(tenant);
        var made = console.post("/console/administrators/link");
        var link = Pattern.compile("/console/first\\?token[^<]+").matcher(made.html());
        assertThat(link.find()).isTrue();
        assertThat(new Browser(tenant).open(link.group().replace("&#61;", "=")).html())
                .contains("Become an administrator");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var other = Console.of(tenant, Set.of("read:logs"));
        var listed = api.get("/administrators").body();
        assertThat(listed.size()).isEqualTo(2);
        assertThat(listed.get(1).path("email").asString()).isEqualTo(other.email);
        assertThat(listed.get(1).path("scopes").size()).isEqualTo(1);
        assertThat(other.open("/console/administrators").html()).contains("Insufficient scope");
        var at = "/console/administrators/"
                + Browser.encode(listed.get(1).path("user_id").asString()) + "/remove";
        assertThat(console.sure(at).html()).contains("Removed");
        assertThat(other.open("/console").status()).isEqualTo(403);
        assertThat(console.sure(at).status()).isEqualTo(400);
        assertThat(api.post("/administrators/links", "{'scopes':['all']}").status())
                .isEqualTo(400);
        assertThat(api.post("/administrators/links", "{'scopes':['read:logs']}").text("url"))
                .startsWith(tenant.issuer() + "console/first?token=");
    }

    @Test
    void the_log_is_searched() {
        var console = Console.of(tenant);
        assertThat(console.open("/console/log?q=type%3Agd_auth_succeed").html()).contains("gd_auth_succeed");
        assertThat(console.open("/console/log?q=%28").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://evil.example", "Sec-Fetch-Site,cross-site"})
    void a_form_from_elsewhere_does_nothing(String header, String value) {
        var console = Console.of(tenant);
        console.browser.with(header, value);
        assertThat(console.post("/console/phone/provider", "provider", "auth0").status())
                .isEqualTo(403);
        assertThat(api.get("/guardian/factors/phone/selected-provider").text("provider"))
                .isEqualTo("twilio");
    }

    @Test
    void an_administrator_may_do_what_the_scopes_allow_and_no_more() {
        var console = Console.of(tenant, Set.of("read:guardian_factors", "read:logs"));
        assertThat(console.open("/console/messages").status()).isEqualTo(200);
        assertThat(console.open("/console/users").html()).contains("Insufficient scope");
        assertThat(console.post("/console/phone/provider", "provider", "auth0").html())
                .contains("Insufficient scope");
        assertThat(api.get("/guardian/factors/phone/selected-provider").text("provider"))
                .isEqualTo("twilio");
    }

    @Test
    void an_account_without_a_sender_says_so_when_it_is_tried() {
        var console = Console.of(tenant);
        var account = "/console/phone/carriers/aws-sms-voice";
        var keys = new String[] {
            "region",
            "eu-central-1",
            "access_key_id",
            "AKIAIOSFODNN7EXAMPLE",
            "secret_access_key",
            "x".repeat(40),
            "delivery_methods",
            "text"
        };
        assertThat(console.post(account, keys).html()).contains("Saved");
        var tried = console.post(account + "/try", "to", TestTenant.newNumber(), "method", "text");
        assertThat(tried.status()).isEqualTo(400);
        assertThat(tried.html()).contains("was not asked: the account lacks");
    }

    @Test
    void the_overview_tells_how_messages_did() {
        var console = Console.of(tenant);
        tenant.enrolled("+4915112345678");
        var page = console.open("/console");
        assertThat(page.html())
                .contains("The last 30 days")
                .containsPattern("Germany</th>")
                .containsPattern("Codes requested</dt><dd><a class=\"count\" href=\"[^\"]+\">2<")
                .contains("100 % conversion")
                .contains("Each day as a table");
        assertThat(console.open("/console?days=7").html()).contains("The last 7 days");
        assertThat(console.open("/console?days=8").html()).contains("The last 30 days");
        var limited = Console.of(tenant, Set.of("read:logs"));
        assertThat(limited.open("/console").html())
                .doesNotContain("The last 30 days")
                .contains("Newest messages");
    }

    @Test
    void a_carrier_is_called_the_same_on_every_page() {
        var console = Console.of(tenant);
        var titles = Ringcode.shared().bean(Carriers.class).titles();
        assertThat(titles).containsEntry("auth0", "Built-in").containsEntry("phone-message-hook", "Your script");
        for (var page : new String[] {"/console/phone", "/console/messages"})
            assertThat(console.open(page).html()).as(page).contains(titles.values());
        titles.remove("auth0");
        assertThat(console.open("/console/fraud/limits").html()).contains(titles.values());
    }

    @Test
    void garbage_is_refused_and_never_breaks_anything() {
        var console = Console.of(tenant);
        for (var path : new String[] {
            "/console/log?page=x",
            "/console/log?page=-1",
            "/console/log?q=%00",
            "/console/users?q=%00",
            "/console/users?q=%FF",
            "/console/messages?from=%00",
            "/console/messages?user_id=%00",
            "/console/templates/all?language=%00",
            "/console/templates/verification/sms/xx",
            "/console/hours?day=x",
            "/console/days?days=%00",
            "/console/messages?counted_as=x&since=2026-01-01&hour=x",
            "/console/phone/carriers/x",
            "/console/users/x",
            "/console/hooks/x",
            "/console/nothing",
            "/console/log?q=%EF%BF%BF"
        }) {
            var page = console.open(path);
            assertThat(page.status()).as(path).isBetween(200, 499);
            assertThat(page.html()).as(path).startsWith("<!doctype html>");
        }
        for (var form : new String[] {
            "/console/phone/codes?length=x",
            "/console/phone/factor?on=perhaps",
            "/console/phone/provider?provider=%00",
            "/console/templates/all?enrollment=%00",
            "/console/templates/verification/sms/en?text=%00",
            "/console/routes?after=x",
            "/console/routes?route=0&where-0=%00",
            "/console/hooks?name=%00&script=%00",
            "/console/phone/carriers/twilio?sid=%00",
            "/console/users/x/link",
            "/console/users/x/unlock",
            "/console/hooks/x/try?recipient=%FF",
            "/console/nothing"
        }) {
            var parts = form.split("[?]", 2);
            var page = console.browser.post(parts[0], parts.length > 1 ? parts[1] : "");
            assertThat(page.status()).as(form).isBetween(400, 499);
            assertThat(page.html()).as(form).startsWith("<!doctype html>");
        }
        var token = Console.link(tenant, ManagementScopes.ALL);
        for (var typed : new String[] {
            "email=a%00@example.com&password=long%20enough", "email=%FF", "email=a@b.c&password=%00aaaaaaaaa"
        })
            assertThat(new Browser(tenant)
                            .post("/console/first", "token=" + token + "&" + typed)
                            .status())
                    .as(typed)
                    .isEqualTo(400);
        assertThat(new Browser(tenant).open("/console/first?token=%00").status())
                .isEqualTo(400);
    }

    @Test
    void signing_out_is_no_affair_of_others() {
        var console = Console.of(tenant);
        console.browser.with("Sec-Fetch-Site", "cross-site");
        assertThat(console.post("/console/leave").status()).isEqualTo(403);
        console.browser.without("Sec-Fetch-Site");
        assertThat(console.open("/console").status()).isEqualTo(200);
        console.post("/console/leave");
        assertThat(console.open("/console").screen()).isEqualTo("login");
    }

    @Test
    void a_page_is_kept_to_itself() {
        var headers = Console.of(tenant).open("/console").whole().headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
    }
}
