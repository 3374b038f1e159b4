package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.action.PostLogins;
import io.ringcode.factor.Amr;
import io.ringcode.login.Browser.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The table of docs/claims.md is what tokens say, measured over HTTP: where it is not, this prints the one that is right. */
class ClaimsTableTest {
    private static final String OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    private static final String RECOVERY = "http://auth0.com/oauth/grant-type/mfa-recovery-code";
    private static final String NEVER = "–";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Passkeys passkeys =
            Passkeys.of(tenant, "sms", "otp", "recovery-code", "webauthn-roaming", "webauthn-platform");
    private final WebApp app = WebApp.of(tenant);
    private final List<String> rows = new ArrayList<>();

    @Test
    void the_documented_table_is_what_tokens_say() throws IOException {
        password();
        message("SMS", "sms");
        message("call", "voice");
        app();
        recoveryCode();
        key("security key", new SoftKey());
        key("security key that may be copied (a synced passkey)", new SoftKey().synced());
        device("device", new SoftKey());
        device("device, whose passkey may be copied (synced)", new SoftKey().synced());
        remembered();
        var table = "| proved beside the password | on the pages | the session answers | refresh token | MFA API |\n"
                + "|---|---|---|---|---|\n" + rows.stream().collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("docs/claims.md"))).contains(table);
    }

    private void password() {
        var asksNobody = Ringcode.shared().tenant();
        var logins = PostLogins.of(asksNobody);
        var browser = new Browser(asksNobody);
        var person = asksNobody.person();
        var page = logins.password(browser, person);
        var tokens = logins.app().exchange(page.parameter("code"));
        var silent = logins.app()
                .exchange(browser.open(logins.app().authorize("prompt", "none")).parameter("code"));
        var refreshed = asksNobody.token("refresh_token", "refresh_token", tokens.text("refresh_token"));
        var granted = asksNobody.signIn(person, "scope", "openid");
        row("nothing", said(tokens), said(silent), said(refreshed), said(granted));
    }

    private void message(String name, String channel) {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(page, "type", channel);
        page = browser.send(page, "code", tenant.code(number));
        var login = mfaToken(person);
        var challenge = tenant.challenge(login, "oob_channel", channel);
        pages(name, browser, page, said(tenant.verify(login, challenge.text("oob_code"), tenant.code(number))));
    }

    private void app() {
        var person = tenant.person();
        var login = mfaToken(person);
        var bound = tenant.json("/mfa/associate", login, Map.of("authenticator_types", List.of("otp")));
        var device = new TotpApp(bound.text("secret"));
        assertThat(otp(login, device).status()).isEqualTo(200);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(page, "code", next(device));
        var granted = said(otp(mfaToken(person), device));
        pages("authenticator app", browser, page, granted);
    }

    private Answer otp(String login, TotpApp device) {
        return tenant.token(OTP, "mfa_token", login, "otp", next(device));
    }

    /** Each code is good once. */
    private String next(TotpApp device) {
        tenant.server().clock().advance(Duration.ofSeconds(31));
        return device.code(tenant.server().clock().instant());
    }

    private void recoveryCode() {
        var number = TestTenant.newNumber();
        var person = tenant.person();
        var login = mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        var code = started.body().path("recovery_codes").path(0).asString();
        var granted = tenant.token(RECOVERY, "mfa_token", mfaToken(person), "recovery_code", code);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "recovery-code");
        page = browser.send(page, "code", granted.text("recovery_code"));
        page = browser.send(page, "saved", "on");
        page = browser.send(page, "action", "skip");
        pages("recovery code", browser, page, said(granted));
    }

    private void key(String name, SoftKey key) {
        var person = passkeys.withKey(key, app);
        signed(name, person, key, "`" + tenant.challenge(mfaToken(person)).text("error") + "`");
    }

    /** A device is bound beside another factor, here a phone. */
    private void device(String name, SoftKey device) {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = passkeys.code(browser, page, number, Passkeys.able());
        // What was used last is asked for first.
        tenant.server().clock().advance(Duration.ofSeconds(1));
        page = passkeys.create(browser, page, device);
        page = browser.send(page, "nickname", "laptop");
        assertThat(page.parameter("code")).as(page.html()).isNotEmpty();
        var login = mfaToken(person);
        var id = tenant.get("/mfa/authenticators", login)
                .body()
                .valueStream()
                .filter(one -> one.path("authenticator_type").asString().equals("webauthn-platform"))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow();
        var refused = tenant.challenge(login, "authenticator_id", id).text("error");
        signed(name, person, device, "`" + refused + "`");
    }

    private void signed(String name, Person person, SoftKey key, String byApi) {
        // One tenant's users sign in so often in no second.
        tenant.server().clock().advance(Duration.ofMinutes(1));
        var browser = new Browser(tenant);
        var page = passkeys.onDevice(browser, person, app.authorize());
        page = passkeys.sign(browser, page, key);
        pages(name, browser, page, byApi);
        var asking = new Browser(tenant);
        page = passkeys.onDevice(asking, person, app.authorize("acr_values", "phr"));
        page = passkeys.sign(asking, page, key);
        var tokens = exchanged(page);
        var silent = exchanged(asking.open(app.authorize("prompt", "none", "acr_values", "phr")));
        row(name + ", asked for by `acr_values=phr`", said(tokens), said(silent), said(refreshed(tokens)), NEVER);
    }

    private void remembered() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        assertThat(page.parameter("code")).isNotEmpty();
        page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        pages("nothing, in a browser that is remembered", browser, page, NEVER);
    }

    private String mfaToken(Person person) {
        return tenant.signIn(person, "scope", "openid").text("mfa_token");
    }

    private Answer exchanged(Place page) {
        assertThat(page.parameter("code")).as(page.address() + page.html()).isNotEmpty();
        return app.exchange(page.parameter("code"));
    }

    private Answer refreshed(Answer tokens) {
        return tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"));
    }

    private void pages(String name, Browser browser, Place page, String byApi) {
        var tokens = exchanged(page);
        var silent = exchanged(browser.open(app.authorize("prompt", "none")));
        row(name, said(tokens), said(silent), said(refreshed(tokens)), byApi);
    }

    private void row(String... cells) {
        rows.add("| " + String.join(" | ", cells) + " |");
    }

    private static String said(Answer tokens) {
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        var claims = tokens.claims("id_token");
        var amr = claims.path("amr").valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
        var acr = claims.path("acr").asString("");
        var told = acr.equals(Amr.MULTI_FACTOR) ? "; multi-factor" : acr.isEmpty() ? "" : "; `" + acr + "`";
        return (amr.isEmpty() ? NEVER : "`" + amr + "`") + told;
    }
}
