package io.ringcode.attack;

import static io.ringcode.attack.WhatEndsWhatTest.Thing.AUTHORIZATION_CODE;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.MFA_TOKEN;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.PENDING_SIGN_IN;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.REFRESH_TOKEN;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.REMEMBERED_BROWSER;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.SESSION;
import static io.ringcode.attack.WhatEndsWhatTest.Thing.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.attack.SignIns.Enrolled;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.Links;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of docs/security.md, cell by cell: which event ends which things that stood on what it took away. */
class WhatEndsWhatTest {
    enum Thing {
        SESSION,
        REFRESH_TOKEN,
        AUTHORIZATION_CODE,
        MFA_TOKEN,
        PENDING_SIGN_IN,
        REMEMBERED_BROWSER,
        TICKET
    }

    private static final Set<Thing> ALL_BUT_TICKETS = EnumSet.complementOf(EnumSet.of(TICKET));

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    /** Another application of the same tenant, to look at what belongs to the user and not to the first one. */
    private final TestTenant elsewhere =
            new TestTenant(tenant.server(), tenant.id(), tenant.host(), "other", "the-secret-of-another");

    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final Enrolled enrolled = signIns.enrolled();
    private final String user = "/users/" + enrolled.person().id().value();

    private final Person person = enrolled.person();
    private final Browser session = new Browser(tenant);
    private final Browser pending = new Browser(tenant);
    private final Browser remembered = new Browser(tenant);
    private final String refreshToken;
    private final String code;
    private final String mfaToken;
    private final Place waiting;
    private final String ticket;

    /** Everything there is. */
    WhatEndsWhatTest() {
        tenant.client("other", "the-secret-of-another");
        WebApp.of(elsewhere);
        refreshToken =
                signIns.tokens(enrolled, "scope", "openid offline_access").text("refresh_token");
        mfaToken = tenant.signIn(person).text("mfa_token");
        signIn(remembered, "rememberBrowser", "true");
        code = signIn(session, "rememberBrowser", "false").parameter("code");
        waiting = signIns.password(pending, person, app.authorize());
        assertThat(waiting.screen()).isEqualTo("mfa-phone-challenge");
        var made = Map.of("user_id", person.id().value(), "allow_multiple_enrollments", true);
        var url = admin.post("/guardian/enrollments/ticket", made).text("ticket_url");
        ticket = url.substring(url.indexOf("/mfa/"));
    }

    @Test
    void nothing_ends_by_itself() {
        assertThat(ended(tenant, person.password())).isEmpty();
    }

    @Test
    void another_password() {
        ok(admin.patch(user, Map.of("password", "another horse")).status());
        assertThat(ended(tenant, "another horse")).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void another_password_by_a_link() throws Exception {
        var visitor = new Browser(tenant);
        var login = visitor.open(app.authorize());
        var ask = visitor.open("/u/reset-password-request?state=" + login.state());
        visitor.send(ask, "email", person.email());
        var mail = Links.mail(tenant, person.email(), "reset-verify");
        var page = visitor.open(Links.in(mail.path("text").asString()));
        page = visitor.send(page, "type", "sms");
        page = visitor.send(page, "code", tenant.code(enrolled.number()));
        assertThat(visitor.send(page, "password", "another horse").address()).endsWith("outcome=success");
        assertThat(ended(tenant, "another horse")).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void the_owner_says_that_it_was_somebody_else() throws Exception {
        tenant.tellingOwners();
        var phone = signIns.confirmed(admin, person).getFirst();
        ok(admin.patch(user + "/authentication-methods/" + phone, Map.of("name", "Old phone"))
                .status());
        var mail = Links.mail(tenant, person.email(), "of your account was changed");
        var link = Links.in(mail.path("text").asString());
        new Browser(tenant).post("/u/not-me", link.substring(link.indexOf("t=")));
        assertThat(ended(tenant, person.password())).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void a_phone_reported_as_lost_by_who_has_the_recovery_code() {
        var visitor = new Browser(tenant);
        var page = signIns.password(visitor, person, app.authorize());
        page = visitor.send(page, "action", "lost-phone");
        page = visitor.send(page, "action", "recovery-code", "phone", page.field("phone"));
        page = visitor.send(page, "code", enrolled.recoveryCode());
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge-new-code");
        assertThat(ended(tenant, person.password())).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void one_factor_removed() {
        var id = signIns.confirmed(admin, person).getFirst();
        ok(admin.delete(user + "/authentication-methods/" + id).status());
        assertThat(ended(tenant, person.password())).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void all_factors_reset() {
        ok(admin.delete(user + "/authenticators").status());
        assertThat(ended(tenant, person.password())).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void a_phone_removed_by_its_owner() {
        var token = signIns.tokens(enrolled, "audience", tenant.issuer() + "mfa/", "scope", "remove:authenticators")
                .text("access_token");
        var id = signIns.confirmed(admin, person).getFirst().replace("phone|", "sms%7C");
        ok(tenant.delete("/mfa/authenticators/" + id, token).status());
        assertThat(ended(tenant, person.password())).isEqualTo(ALL_BUT_TICKETS);
    }

    @Test
    void a_further_factor_bound() {
        var token = signIns.tokens(enrolled, "audience", tenant.issuer() + "mfa/", "scope", "enroll")
                .text("access_token");
        var bound = new TotpApp(signIns.associateApp(token).text("secret"));
        ok(signIns.otp(token, bound.code(signIns.now())).status());
        assertThat(ended(tenant, person.password())).isEqualTo(EnumSet.of(SESSION, REMEMBERED_BROWSER));
    }

    @Test
    void blocked_and_unblocked() {
        ok(admin.patch(user, Map.of("blocked", true)).status());
        assertThat(new Browser(tenant).open(ticket).screen())
                .as("while blocked")
                .isEqualTo("/mfa/enrollment");
        ok(admin.patch(user, Map.of("blocked", false)).status());
        assertThat(ended(tenant, person.password())).isEqualTo(EnumSet.allOf(Thing.class));
    }

    @Test
    void deleted_and_made_again_by_the_same_id() {
        ok(admin.delete(user).status());
        var again = Map.of(
                "connection",
                "Username-Password-Authentication",
                "user_id",
                person.id().value().substring("auth0|".length()),
                "email",
                person.email(),
                "password",
                person.password());
        assertThat(admin.post("/users", again).status()).isEqualTo(201);
        assertThat(ended(tenant, person.password())).isEqualTo(EnumSet.allOf(Thing.class));
    }

    @Test
    void the_client_deleted() {
        ok(admin.delete("/clients/" + tenant.clientId()).status());
        assertThat(ended(elsewhere, person.password()))
                .as("also the ticket, as it was this client that made it")
                .isEqualTo(EnumSet.of(REFRESH_TOKEN, AUTHORIZATION_CODE, MFA_TOKEN, PENDING_SIGN_IN, TICKET));
    }

    @Test
    void the_clients_grants_withdrawn() {
        ok(admin.patch("/clients/" + tenant.clientId(), Map.of("grant_types", List.of("client_credentials")))
                .status());
        assertThat(ended(elsewhere, person.password()))
                .isEqualTo(EnumSet.of(REFRESH_TOKEN, AUTHORIZATION_CODE, MFA_TOKEN, PENDING_SIGN_IN));
    }

    @Test
    void the_api_deleted() {
        var audience = "https://orders.example/";
        var api = admin.post("/resource-servers", Map.of("name", "Orders", "identifier", audience, "scopes", List.of()))
                .text("id");
        var before = signIns.tokens(enrolled, "audience", audience, "scope", "offline_access");
        var login = tenant.signIn(person, "audience", audience).text("mfa_token");
        var oob = tenant.challenge(login).text("oob_code");
        ok(admin.delete("/resource-servers/" + api).status());
        assertThat(tenant.verify(login, oob, tenant.code(enrolled.number())).status())
                .isEqualTo(403);
        assertThat(tenant.token("refresh_token", "refresh_token", before.text("refresh_token"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_grant_for_the_management_api_withdrawn() {
        var other = Admin.of(elsewhere);
        assertThat(other.get(user).status()).isEqualTo(200);
        var grants = "/client-grants?client_id=" + elsewhere.clientId();
        var grant =
                "/client-grants/" + admin.get(grants).body().path(0).path("id").asString();
        ok(admin.patch(grant, Map.of("scope", List.of("read:clients"))).status());
        assertThat(other.get(user).status()).as("narrowed").isEqualTo(403);
        assertThat(other.get("/clients").status()).isEqualTo(200);
        ok(admin.delete(grant).status());
        assertThat(other.get("/clients").status()).as("withdrawn").isEqualTo(401);
        assertThat(ended(tenant, person.password())).isEmpty();
    }

    /** @param witness the application that looks at what is the user's */
    private Set<Thing> ended(TestTenant witness, String password) {
        var ended = EnumSet.noneOf(Thing.class);
        if (tenant.token("refresh_token", "refresh_token", refreshToken).status() != 200) ended.add(REFRESH_TOKEN);
        if (app.exchange(code).status() != 200) ended.add(AUTHORIZATION_CODE);
        if (!verified(mfaToken)) ended.add(MFA_TOKEN);
        if (!finished(pending.send(waiting, "type", "sms"))) ended.add(PENDING_SIGN_IN);
        var looking = WebApp.of(witness);
        if (session.open(looking.authorize("prompt", "none", "acr_values", ""))
                .parameter("code")
                .isEmpty()) ended.add(SESSION);
        var page = remembered.open(looking.authorize("prompt", "login"));
        page = remembered.send(page, "username", person.email(), "password", password);
        if (page.parameter("code").isEmpty()) ended.add(REMEMBERED_BROWSER);
        if (new Browser(tenant).open(ticket).screen().equals("/mfa/enrollment")) ended.add(TICKET);
        return ended;
    }

    private boolean verified(String mfaToken) {
        var started = tenant.challenge(mfaToken);
        return started.status() == 200
                && tenant.verify(mfaToken, started.text("oob_code"), tenant.code(enrolled.number()))
                                .status()
                        == 200;
    }

    private boolean finished(Place page) {
        return page.screen().equals("mfa-sms-challenge")
                && !pending.send(page, "code", tenant.code(enrolled.number()))
                        .parameter("code")
                        .isEmpty();
    }

    private Place signIn(Browser browser, String... more) {
        var page = signIns.password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        var end = browser.send(page, "code", tenant.code(enrolled.number()), more[0], more[1]);
        assertThat(end.parameter("code")).isNotEmpty();
        return end;
    }

    private static void ok(int status) {
        assertThat(status).isIn(200, 204);
    }
}
