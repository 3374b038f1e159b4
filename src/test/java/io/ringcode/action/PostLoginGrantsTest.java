package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.management.Admin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Actions on sign-ins at the token endpoint: passwords, and refresh tokens. */
class PostLoginGrantsTest {
    private static final String SCOPE = "openid offline_access";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final PostLogins logins = PostLogins.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();

    private Answer signIn(Person person) {
        return tenant.signIn(person, "scope", SCOPE);
    }

    private Answer refresh(Answer tokens) {
        return tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"));
    }

    private JsonNode newest(String type) {
        return admin.get("/logs?q=type:" + type).body().path(0);
    }

    @Test
    void an_action_asks_for_a_second_factor_and_its_claims_wait_for_it() {
        logins.saying("""
                api.multifactor.enable('any');
                api.idToken.setCustomClaim('https://example.com/level', event.transaction.protocol);
                """);
        var person = tenant.enrolled(number);
        var refused = signIn(person);
        assertThat(refused.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        assertThat(refused.body().at("/mfa_requirements/challenge").toString()).contains("phone");
        var login = refused.text("mfa_token");
        var challenge = tenant.challenge(login);
        var tokens = tenant.verify(login, challenge.text("oob_code"), tenant.code(number));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        var claims = tokens.claims("id_token");
        assertThat(claims.path("https://example.com/level").asString()).isEqualTo("oauth2-password");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
    }

    @Test
    void an_action_spares_a_program_what_the_tenant_asks_for() {
        admin.put("/guardian/policies", "['all-applications']");
        var person = tenant.enrolled(number);
        assertThat(signIn(person).text("error")).isEqualTo("mfa_required");
        logins.saying("if (event.client.client_id === 'app') api.multifactor.enable('none');");
        assertThat(signIn(person).status()).isEqualTo(200);
    }

    @Test
    void scopes_and_claims_are_set_on_tokens_and_a_scope_can_be_taken_away() {
        logins.saying("""
                api.accessToken.addScope('read:everything');
                api.accessToken.removeScope('offline_access');
                """);
        var tokens = signIn(tenant.person());
        assertThat(tokens.text("scope")).isEqualTo("openid read:everything");
        assertThat(tokens.body().has("refresh_token")).isFalse();
    }

    @Test
    void who_is_denied_gets_no_token_and_is_told_the_reason() {
        logins.saying("api.access.deny('Not at this hour');");
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: Not at this hour");
        assertThat(newest("fepft").path("description").asString()).isEqualTo("Not at this hour");
        logins.saying("api.validation.error('too_old', 'Accept the terms first');");
        tenant.server().clock().advance(java.time.Duration.ofSeconds(1));
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 too_old: Accept the terms first");
    }

    @Test
    void a_refresh_runs_them_again_and_a_refusal_does_not_use_the_token_up() {
        var person = tenant.person();
        var tokens = signIn(person);
        logins.saying("api.idToken.setCustomClaim('at', event.transaction.protocol);");
        var refreshed = refresh(tokens);
        assertThat(refreshed.claims("id_token").path("at").asString()).isEqualTo("oauth2-refresh-token");
        logins.saying("api.access.deny('Not now');");
        assertThat(refresh(refreshed).error()).isEqualTo("403 access_denied: Not now");
        logins.saying("");
        assertThat(refresh(refreshed).status()).isEqualTo(200);
    }

    @Test
    void a_token_shown_twice_ends_its_family_before_any_action_runs() {
        var tokens = signIn(tenant.person());
        var next = refresh(tokens);
        var ids = logins.saying("console.log('ran'); api.access.deny('Not now');");
        assertThat(refresh(tokens).text("error")).isEqualTo("invalid_grant");
        assertThat(new Scripts(tenant).logs(ids.getFirst())).isEmpty();
        logins.saying("");
        assertThat(refresh(next).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void a_refresh_asks_for_a_factor_only_where_the_sign_in_had_none() {
        var person = tenant.enrolled(number);
        var without = signIn(person);
        logins.saying("api.multifactor.enable('any');");
        assertThat(refresh(without).text("error")).isEqualTo("mfa_required");
        var login = signIn(person).text("mfa_token");
        var with = tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number));
        assertThat(refresh(with).status()).as(with.body().toString()).isEqualTo(200);
    }

    @Test
    void a_factor_by_name_is_asked_on_the_pages_alone() {
        logins.saying("api.authentication.challengeWith({type: 'otp'});");
        assertThat(signIn(tenant.enrolled(number)).error())
                .isEqualTo("403 access_denied: This sign-in requires a factor on the sign-in pages."
                        + " Send the user to /authorize.");
    }

    @Test
    void metadata_is_kept_also_by_who_denies_and_seen_by_the_next_action_and_what_cannot_be_stored_is_left_out() {
        var person = tenant.person();
        admin.patch("/users/" + person.id().value(), "{'app_metadata':{'old':1,'gone':2}}");
        logins.run(
                "exports.onExecutePostLogin = async (event, api) => { api.user.setAppMetadata('seen', {n: 1});"
                        + " api.user.setAppMetadata('gone', null); api.user.setUserMetadata('odd', 'a\\u0000b');"
                        + " api.user.setUserMetadata('theme', 'dark'); };",
                "exports.onExecutePostLogin = async (event, api) => { api.user.setAppMetadata('again',"
                        + " event.user.app_metadata.seen.n); api.access.deny('no'); };");
        assertThat(signIn(person).text("error")).isEqualTo("access_denied");
        var user = admin.get("/users/" + person.id().value()).body();
        assertThat(user.path("app_metadata").toString()).isEqualTo("{\"old\":1,\"seen\":{\"n\":1},\"again\":1}");
        assertThat(user.path("user_metadata").toString()).isEqualTo("{\"theme\":\"dark\"}");
    }

    @Test
    void credentials_are_not_told_to_scripts() {
        logins.saying("api.idToken.setCustomClaim('told', event.request.body);");
        var person = tenant.person();
        var told = signIn(person).claims("id_token").path("told");
        assertThat(told.path("username").asString()).isEqualTo(person.email());
        assertThat(told.toString()).doesNotContain(person.password(), tenant.clientSecret());
    }

    /** Whatever a script does, nobody gets a 500, nor a word of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "const o = {}; o.o = o; api.idToken.setCustomClaim('o', o);",
                "api.idToken.setCustomClaim('o', 'x'.repeat(200000));",
                "let o = {}; for (let i = 0; i < 3000; i++) o = {o}; api.idToken.setCustomClaim('o', o);",
                "api.multifactor.enable('duo');",
                "api.redirect.sendUserTo('https://example.com');",
                "for (let i = 0; i < 5; i++) api.authentication.challengeWith({type: 'phone'});",
                "api.authentication.challengeWith();",
                "setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});",
                "require('fs').writeSync(1, '{\"done\":1,\"effects\":{\"commands\":[7],\"deny\":{}}}\\n'); throw 1;",
                "throw undefined;",
                "process.exit(0);",
                "api.noSuchThing.enable();"
            })
    void what_a_script_does_wrong_is_a_refusal(String statement) {
        logins.saying(statement);
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: The sign-in was refused.");
    }

    /** What cannot be stored or shown is left out of what it says. */
    @Test
    void odd_words_of_a_script_are_told_as_far_as_they_can_be() {
        logins.saying("api.access.deny('a\\u0000b\\nc \\ud800');");
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: a b c ?");
        logins.saying("api.idToken.setCustomClaim('__proto__', 1).idToken;"
                + " api.idToken.setCustomClaim('n', '\\u0000\\ud800'); api.idToken.setCustomClaim('u', undefined);"
                + " api.idToken.setCustomClaim('f', () => 1); api.idToken.setCustomClaim('big', 1e300);");
        var claims = signIn(tenant.person()).claims("id_token");
        assertThat(claims.path("big").asDouble()).isEqualTo(1e300);
        assertThat(claims.has("u")).isFalse();
    }

    /** In the address of a redirect a character takes up to twelve. */
    @Test
    void a_reason_is_cut_to_300_characters() {
        logins.saying("api.access.deny('\\u{1F6AB}'.repeat(400));");
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: " + "\uD83D\uDEAB".repeat(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.access.deny('No entry'); throw new Error('and more');",
                "api.access.deny('No entry'); process.exit(1);",
                "api.access.deny('No entry'); setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});"
            })
    void a_refusal_holds_whatever_becomes_of_its_action(String statement) {
        logins.policy(new SignInPolicy(List.of(), SignInPolicy.IGNORE));
        var ids = logins.saying(statement);
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: No entry");
        assertThat(new Scripts(tenant).logs(ids.getFirst()).toString()).contains("after it had refused");
    }

    /** It takes the twenty seconds that scripts have, idly. */
    @Test
    void who_waits_for_a_script_that_hangs_is_refused_when_its_time_is_over() {
        var ids = logins.saying("await new Promise(() => {});");
        assertThat(signIn(tenant.person()).error()).isEqualTo("403 access_denied: The sign-in was refused.");
        assertThat(new Scripts(tenant).lastRun(ids.getFirst()).result()).isEqualTo(Execution.Result.TIMED_OUT);
        assertThat(newest("actions_execution_failed")
                        .at("/details/error/message")
                        .asString())
                .matches("No answer within (19|20) s");
    }

    @Test
    void a_failure_asks_for_a_factor_where_the_tenant_says_so() {
        logins.policy(new SignInPolicy(List.of(), SignInPolicy.ASK));
        logins.saying("throw new Error('no');");
        assertThat(signIn(tenant.enrolled(number)).text("error")).isEqualTo("mfa_required");
    }
}
