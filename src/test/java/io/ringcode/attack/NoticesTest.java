package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.administrator.Administrators;
import io.ringcode.fraud.NoticeGuard;
import io.ringcode.login.Browser;
import io.ringcode.login.Links;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who is told of what was done to an account, and what "not me" undoes. */
class NoticesTest {
    private static final String BOUND = "A new sign-in method was added";
    private static final String CHANGED = "The password of your account was changed";

    private final TestTenant tenant = Ringcode.shared().tenant().tellingOwners();
    private final Admin admin = Admin.of(tenant);
    private final SignIns signIns = new SignIns(tenant);
    private final String number = TestTenant.newNumber();
    private final Person person = tenant.enrolled(number);
    private final String user = "/users/" + person.id().value();

    private List<String> messages() {
        return tenant.server().carrier().noticesTo(number);
    }

    private List<JsonNode> mails(String part) {
        return Links.mails(tenant)
                .valueStream()
                .filter(mail -> mail.path("to").asString().equals(person.email()))
                .filter(mail -> mail.toString().contains(part))
                .toList();
    }

    private void waiting() throws Exception {
        Eventually.holds(
                "all are told",
                () -> tenant.server()
                                .bean(JdbcClient.class)
                                .sql("SELECT (SELECT count(*) FROM notice WHERE tenant_id = :t)"
                                        + " + (SELECT count(*) FROM mail WHERE tenant_id = :t AND state = 'waiting')")
                                .param("t", tenant.id().value())
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    private String accessToken(String scope) {
        var login = tenant.signIn(person, "audience", tenant.issuer() + "mfa/", "scope", scope)
                .text("mfa_token");
        var started = tenant.challenge(login);
        return tenant.verify(login, started.text("oob_code"), tenant.code(number))
                .text("access_token");
    }

    /** Binds an app beside the phone. */
    private TotpApp bindApp() {
        var token = accessToken("enroll");
        var app = new TotpApp(signIns.associateApp(token).text("secret"));
        assertThat(signIns.otp(token, app.code(signIns.now())).status()).isEqualTo(200);
        return app;
    }

    private String messageWith(String part) throws Exception {
        Eventually.holds("a message with " + part, () -> messages().stream().anyMatch(one -> one.contains(part)));
        return messages().stream().filter(one -> one.contains(part)).toList().getLast();
    }

    @Test
    void a_bound_factor_is_told_to_the_mail_address_and_the_phones_that_were_there_before() throws Exception {
        waiting();
        assertThat(mails(BOUND)).as("the first one").hasSize(1);
        assertThat(messages()).as("not to itself").noneMatch(text -> text.contains(BOUND));
        bindApp();
        var message = messageWith(BOUND);
        assertThat(message).contains("/u/not-me?t=").startsWith(tenant.id().value() + ": ");
        waiting();
        assertThat(mails(BOUND)).hasSize(2);
        var code = tenant.code(number);
        assertThat(mails(BOUND).toString()).doesNotContain(code);
    }

    @Test
    void each_kind_of_event_is_told() throws Exception {
        admin.patch(user, Map.of("password", "another horse"));
        messageWith(CHANGED);
        admin.call("POST", user + "/recovery-code-regeneration", null);
        messageWith("A new recovery code was made");
        var phone = signIns.confirmed(admin, person).getFirst();
        admin.patch(user + "/authentication-methods/" + phone, Map.of("name", "Old phone"));
        waiting();
        assertThat(mails("A sign-in method of your account was changed")).hasSize(1);
        admin.post(
                user + "/authentication-methods",
                Map.of(
                        "type",
                        "phone",
                        "phone_number",
                        TestTenant.newNumber(),
                        "preferred_authentication_method",
                        "sms"));
        messageWith(BOUND);
        admin.delete(user + "/authentication-methods/" + phone);
        waiting();
        assertThat(mails("A sign-in method was removed")).hasSize(1);
        assertThat(mails(CHANGED)).hasSize(1);
    }

    @Test
    void a_used_recovery_code_and_too_many_wrong_codes_are_told() throws Exception {
        var made =
                admin.call("POST", user + "/recovery-code-regeneration", null).text("recovery_code");
        var login = tenant.mfaToken(person);
        assertThat(tenant.token(
                                "http://auth0.com/oauth/grant-type/mfa-recovery-code",
                                "mfa_token",
                                login,
                                "recovery_code",
                                made)
                        .status())
                .isEqualTo(200);
        messageWith("Your recovery code was used");
        var app = bindApp();
        var guesser = tenant.mfaToken(person);
        for (int i = 0; i < 13; i++) signIns.otp(guesser, signIns.wrong(app));
        messageWith("locked after too many wrong codes");
        waiting();
        assertThat(mails("locked after too many wrong codes"))
                .as("once, and not at every further guess")
                .hasSize(1);
    }

    @Test
    void nobody_can_make_a_tenant_spam_with_them() throws Exception {
        for (int i = 0; i < NoticeGuard.LIMIT.size() + 3; i++)
            admin.patch(user, Map.of("password", "another horse " + i));
        waiting();
        assertThat(mails(CHANGED)).hasSize(NoticeGuard.LIMIT.size());
        assertThat(messages().stream().filter(text -> text.contains(CHANGED)))
                .hasSizeLessThanOrEqualTo(NoticeGuard.LIMIT.size());
    }

    @Test
    void a_message_that_may_not_be_sent_is_not_and_the_log_says_so() throws Exception {
        waiting();
        admin.put("/guardian/factors/phone/brake", Map.of("on", true));
        var stop = admin.patch("/tenants/settings", Map.of("friendly_name", "Acme"));
        assertThat(stop.status()).isEqualTo(200);
        admin.put("/guardian/factors/phone/limits", Map.of("user", Map.of("at_once", 1, "per_hour", 1)));
        admin.patch(user, Map.of("password", "another horse"));
        admin.call("POST", user + "/recovery-code-regeneration", null);
        waiting();
        assertThat(mails(CHANGED)).hasSize(1);
        assertThat(admin.get("/logs?q=type:limit_phone").body().toString()).contains("\"notice\"");
    }

    @Test
    void a_kind_can_be_switched_off() throws Exception {
        waiting();
        assertThat(admin.put("/guardian/notices", Map.of("off", List.of("password-changed")))
                        .status())
                .isEqualTo(200);
        admin.patch(user, Map.of("password", "another horse"));
        admin.call("POST", user + "/recovery-code-regeneration", null);
        waiting();
        assertThat(mails(CHANGED)).isEmpty();
        assertThat(mails("A new recovery code was made")).hasSize(1);
        assertThat(admin.put("/guardian/notices", Map.of("off", List.of("weather")))
                        .status())
                .isEqualTo(400);
        assertThat(admin.get("/guardian/notices").body().path("off").path(0).asString())
                .isEqualTo("password-changed");
    }

    @Test
    void they_speak_the_language_that_the_application_keeps_for_the_user() throws Exception {
        admin.patch(user, Map.of("user_metadata", Map.of("lang", "fr")));
        admin.patch(user, Map.of("password", "another horse"));
        messageWith("Le mot de passe de votre compte");
        waiting();
        assertThat(mails("Avis de sécurité")).hasSize(1);
    }

    @Test
    void what_is_rolled_back_is_not_told() throws Exception {
        waiting();
        var before = messages().size();
        admin.patch(user, Map.of("password", "short"));
        waiting();
        assertThat(messages()).hasSize(before);
    }

    @Test
    void not_me_locks_the_new_factor_and_ends_everything_after_one_more_click() throws Exception {
        var operator = tenant.person();
        var administrators = tenant.server().bean(Administrators.class);
        var now = tenant.server().clock().instant();
        administrators.accept(
                tenant.id(), administrators.link(tenant.id(), Set.of("read:logs"), now), operator.id(), now);
        var app = bindApp();
        var refresh = refreshToken();
        var link = Links.in(messageWith(BOUND));

        var owner = new Browser(tenant);
        var page = owner.open(link);
        assertThat(page.html()).contains("Wasn’t this you?");
        assertThat(new Browser(tenant).open(link).html()).contains("It wasn’t me");
        assertThat(refreshed(refresh)).as("looking does nothing").isEqualTo(200);
        var forged = owner.with("Origin", "https://evil.example").post("/u/not-me", "t=" + page.parameter("t"));
        assertThat(forged.status()).isEqualTo(400);
        refresh = refreshToken();
        var done = owner.without("Origin").post("/u/not-me", "t=" + page.parameter("t"));
        assertThat(done.html()).contains("Your account is protected");

        assertThat(refreshed(refresh)).isEqualTo(403);
        var login = tenant.mfaToken(person);
        var locked = signIns.otp(login, app.code(signIns.now().plusSeconds(30)));
        assertThat(locked.status()).as(locked.body().toString()).isNotEqualTo(200);
        var started = tenant.challenge(login);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .as("the phone that was there before is good")
                .isEqualTo(200);
        assertThat(owner.post("/u/not-me", "t=" + page.parameter("t")).html()).contains("no longer works");

        assertThat(admin.get("/logs?q=type:owner_denied").body().path(0).toString())
                .contains("factor-bound")
                .contains(person.id().value());
        assertThat(Links.mail(tenant, operator.email(), "somebody else").toString())
                .contains(person.id().value());
    }

    private static final String RECOVERY_GRANT = "http://auth0.com/oauth/grant-type/mfa-recovery-code";

    private Browser.Place deny(String link) {
        return new Browser(tenant).post("/u/not-me", link.substring(link.indexOf("t=")));
    }

    private int recovered(Person by, String code) {
        return tenant.token(RECOVERY_GRANT, "mfa_token", tenant.mfaToken(by), "recovery_code", code)
                .status();
    }

    @Test
    void not_me_about_a_first_factor_locks_the_recovery_code_that_came_with_it() throws Exception {
        var victim = tenant.person();
        var thiefs = TestTenant.newNumber();
        var login = tenant.mfaToken(victim);
        var started = tenant.associate(login, "sms", thiefs);
        var code = started.body().path("recovery_codes").path(0).asString();
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(thiefs))
                        .status())
                .isEqualTo(200);
        deny(Links.in(Links.mail(tenant, victim.email(), BOUND).path("text").asString()));
        assertThat(recovered(victim, code)).isNotEqualTo(200);
    }

    @Test
    void not_me_about_a_further_factor_leaves_an_older_recovery_code_to_its_owner() throws Exception {
        var code =
                admin.call("POST", user + "/recovery-code-regeneration", null).text("recovery_code");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        bindApp();
        deny(Links.in(messageWith(BOUND)));
        assertThat(recovered(person, code)).isEqualTo(200);
    }

    @Test
    void not_me_uses_up_the_links_of_all_who_were_told_of_the_same() throws Exception {
        admin.patch(user, Map.of("password", "the thief's horse"));
        var byPhone = Links.in(messageWith(CHANGED));
        var byMail = Links.in(
                Links.mail(tenant, person.email(), CHANGED).path("text").asString());
        assertThat(byMail).isNotEqualTo(byPhone);
        assertThat(deny(byPhone).html()).contains("Your account is protected");
        admin.patch(user, Map.of("password", "the owner's horse"));
        assertThat(deny(byMail).html()).contains("no longer works");
        assertThat(tenant.token("password", "username", person.email(), "password", "the owner's horse")
                        .text("error"))
                .isEqualTo("mfa_required");
    }

    @Test
    void unblocking_does_not_give_back_what_its_owner_denied() throws Exception {
        var app = bindApp();
        deny(Links.in(messageWith(BOUND)));
        assertThat(admin.delete("/user-blocks/" + person.id().value()).status()).isEqualTo(204);
        var code = app.code(signIns.now().plusSeconds(30));
        assertThat(signIns.otp(tenant.mfaToken(person), code).status()).isNotEqualTo(200);
    }

    @Test
    void a_notice_or_mail_that_cannot_be_read_stops_no_other() throws Exception {
        waiting();
        var db = tenant.server().bean(JdbcClient.class);
        db.sql("""
                INSERT INTO notice (tenant_id, id, kind, facts, tries, due_at, expires_at)
                SELECT tenant_id, gen_random_uuid(), 'denied', 'x', 0, created_at - interval '1 hour', expires_at
                  FROM mail WHERE tenant_id = :t LIMIT 1
                """).param("t", tenant.id().value()).update();
        try {
            admin.patch(user, Map.of("password", "another horse"));
            Eventually.holds("the other is told", () -> mails(CHANGED).size() == 1);
        } finally {
            db.sql("DELETE FROM notice WHERE tenant_id = :t")
                    .param("t", tenant.id().value())
                    .update();
        }
        waiting();
        // Under another id what is sealed does not open.
        db.sql("""
                WITH again AS (UPDATE mail SET state = 'waiting', due_at = created_at WHERE tenant_id = :t)
                INSERT INTO mail (tenant_id, id, user_id, purpose, to_sealed, content_sealed, state, attempts, created_at,
                                  expires_at, due_at)
                SELECT tenant_id, gen_random_uuid(), user_id, 'unreadable', to_sealed, content_sealed, 'waiting', 0, created_at,
                       expires_at, created_at FROM mail WHERE tenant_id = :t LIMIT 1
                """).param("t", tenant.id().value()).update();
        Eventually.holds(
                "the others are sent",
                () -> db.sql(
                                        "SELECT count(*) FROM mail WHERE tenant_id = :t AND state = 'waiting' AND purpose <> 'unreadable'")
                                .param("t", tenant.id().value())
                                .query(Integer.class)
                                .single()
                        == 0);
        db.sql("DELETE FROM mail WHERE tenant_id = :t AND purpose = 'unreadable'")
                .param("t", tenant.id().value())
                .update();
    }

    private String refreshToken() {
        var login = tenant.signIn(person, "scope", "openid offline_access").text("mfa_token");
        var started = tenant.challenge(login);
        return tenant.verify(login, started.text("oob_code"), tenant.code(number))
                .text("refresh_token");
    }

    private int refreshed(String token) {
        return tenant.token("refresh_token", "refresh_token", token).status();
    }

    @Test
    void not_me_after_a_changed_password_makes_that_password_worthless() throws Exception {
        admin.patch(user, Map.of("password", "the thief's horse"));
        var link = Links.in(messageWith(CHANGED));
        new Browser(tenant).post("/u/not-me", link.substring(link.indexOf("t=")));
        Answer answer = tenant.token("password", "username", person.email(), "password", "the thief's horse");
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }
}
