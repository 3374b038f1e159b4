package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Actions on sign-ins by the pages: from the password through Node.js to the tokens. */
class PostLoginPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final PostLogins logins = PostLogins.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();
    private final Browser browser = new Browser(tenant);

    private JsonNode idToken(Browser.Place page) {
        var tokens = logins.app().exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens.claims("id_token");
    }

    private JsonNode newest(String type) {
        return admin.get("/logs?q=type:" + type).body().path(0);
    }

    @Test
    void an_action_asks_for_a_second_factor_where_the_tenant_does_not() {
        var person = tenant.enrolled(number);
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        logins.saying("api.multifactor.enable('any');");
        var page = logins.password(browser, person, "prompt", "login");
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        page = logins.code(browser, page, number);
        assertThat(idToken(page).path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
    }

    @Test
    void an_action_spares_people_what_the_tenant_asks_for_but_not_what_an_application_does() {
        var person = tenant.enrolled(number);
        admin.put("/guardian/policies", "['all-applications']");
        logins.saying("api.multifactor.enable('none');");
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        var page = browser.open(
                logins.app().authorize("acr_values", "http://schemas.openid.net/pape/policies/2007/06/multi-factor"));
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
    }

    @Test
    void claims_come_into_the_tokens_of_the_code_and_names_of_the_server_stay_its_own() {
        logins.saying("""
                api.idToken.setCustomClaim('https://example.com/roles', ['admin', {deep: 1}]);
                api.idToken.setCustomClaim('sub', 'somebody-else');
                api.idToken.setCustomClaim('amr', ['mfa']);
                api.idToken.setCustomClaim('department', event.user.email);
                api.accessToken.setCustomClaim('https://example.com/plan', 'gold');
                """);
        var person = tenant.person();
        var claims = idToken(logins.password(browser, person));
        assertThat(claims.path("https://example.com/roles").toString()).isEqualTo("[\"admin\",{\"deep\":1}]");
        assertThat(claims.path("sub").asString()).isEqualTo(person.id().value());
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\"]");
        assertThat(claims.path("department").asString()).isEqualTo(person.email());
    }

    @Test
    void claims_come_into_the_access_token_of_an_api() {
        var audience = "https://orders.example/";
        admin.post("/resource-servers", Map.of("name", "Orders", "identifier", audience));
        logins.saying("""
                api.accessToken.setCustomClaim('https://example.com/plan', 'gold');
                api.accessToken.setCustomClaim('sub', 'somebody-else');
                """);
        var person = tenant.person();
        var page = logins.password(browser, person, "audience", audience);
        var tokens = logins.app().exchange(page.parameter("code"));
        var access = tokens.claims("access_token");
        assertThat(access.path("aud").toString()).contains(audience);
        assertThat(access.path("https://example.com/plan").asString()).isEqualTo("gold");
        assertThat(access.path("sub").asString()).isEqualTo(person.id().value());
        assertThat(tokens.claims("id_token").has("https://example.com/plan")).isFalse();
    }

    @Test
    void who_is_denied_gets_no_session_and_the_application_gets_the_reason() {
        logins.saying("api.access.deny('Only from the office & only on Mondays');");
        var person = tenant.person();
        var page = logins.password(browser, person);
        assertThat(page.address()).startsWith(WebApp.CALLBACK);
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        assertThat(page.parameter("error_description")).isEqualTo("Only from the office & only on Mondays");
        assertThat(page.parameter("state")).isEqualTo("the state & more");
        assertThat(page.parameter("code")).isEmpty();
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        assertThat(newest("f").path("description").asString()).isEqualTo("Only from the office & only on Mondays");
    }

    @Test
    void nobody_runs_after_one_that_denied() {
        var ids = logins.run(
                "exports.onExecutePostLogin = async (event, api) => { api.access.deny('no'); };",
                "exports.onExecutePostLogin = async (event, api) => { console.log('ran'); };");
        logins.password(browser, tenant.person());
        assertThat(new Scripts(tenant).logs(ids.get(1))).isEmpty();
    }

    @Test
    void a_script_that_throws_denies_and_its_words_reach_the_log_alone() {
        var ids = logins.saying("throw new Error('the secret plan of ' + event.user.email);");
        var person = tenant.person();
        var page = logins.password(browser, person);
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        assertThat(page.parameter("error_description")).isEqualTo("The sign-in was refused.");
        assertThat(page.html() + page.address()).doesNotContain("secret plan");
        var failed = newest("actions_execution_failed");
        assertThat(failed.path("user_id").asString()).isEqualTo(person.id().value());
        assertThat(failed.path("details").path("trigger_id").asString()).isEqualTo("post-login");
        assertThat(failed.path("details").path("error").path("message").asString())
                .startsWith("the secret plan of");
        assertThat(new Scripts(tenant).lastRun(ids.getFirst()).result()).isEqualTo(Execution.Result.FAILED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            exports.onExecutePostLogin = async (event, api) => { api.redirect.sendUserTo('https://a.example/'); }; exports.onContinuePostLogin = async () => {}; | api.redirect.sendUserTo is not available on this server
            exports.onExecutePostLogin = async (event, api) => { api.redirect.encodeToken({secret: 's', payload: {}}); }; | api.redirect.encodeToken is not available on this server
            exports.onExecutePostLogin = async (event, api) => { api.prompt.render('ap_1'); }; | api.prompt.render is not available on this server
            exports.onContinuePostLogin = async (event, api) => {}; | The script must export a function: exports.onExecutePostLogin = async (event, api) => { … }
            """)
    void a_script_that_leads_away_from_the_pages_is_refused_with_a_clear_error(String code, String error) {
        logins.run(code);
        var page = logins.password(browser, tenant.person());
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        var failed = newest("actions_execution_failed").path("details").path("error");
        assertThat(failed.path("message").asString()).startsWith(error);
    }

    @Test
    void a_tenant_may_ask_for_a_factor_or_go_on_where_a_script_fails() {
        var person = tenant.enrolled(number);
        logins.saying("process.exit(1);");
        logins.policy(new SignInPolicy(List.of(), SignInPolicy.ASK));
        assertThat(logins.password(browser, person).screen()).isEqualTo("mfa-phone-challenge");
        logins.policy(new SignInPolicy(List.of(), SignInPolicy.IGNORE));
        tenant.server().clock().advance(java.time.Duration.ofSeconds(1));
        assertThat(logins.password(browser, person, "prompt", "login").parameter("code"))
                .isNotEmpty();
    }

    @Test
    void a_failure_that_asks_for_a_factor_takes_nothing_back_of_what_others_ask() {
        var person = tenant.enrolled(number);
        logins.policy(new SignInPolicy(List.of(), SignInPolicy.ASK));
        var enable = "exports.onExecutePostLogin = async (event, api) => { api.multifactor.enable(%s); };";
        var broken = "exports.onExecutePostLogin = async () => { throw new Error('no'); };";
        logins.run(broken, enable.formatted("'none'"));
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("code"))
                .as("what the session has proved is enough")
                .isNotEmpty();
        logins.run(enable.formatted("'any'"), broken);
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .as("an action asks for a proof each time")
                .isEqualTo("login_required");
    }

    /** Says in a claim by which methods the person is known to an action. */
    private static final String METHODS = """
            exports.onExecutePostLogin = async (event, api) => {
                const told = event.authentication.methods.map(one => one.name + (one.url ? ' = ' + one.url : ''));
                api.idToken.setCustomClaim('https://example.com/methods', told.join(', '));
            };
            """;

    @Test
    void a_method_that_an_action_records_is_kept_with_the_session_for_the_actions_after_it() {
        var records = """
                exports.onExecutePostLogin = async (event, api) => {
                    if (!event.authentication.methods.some(one => one.name === 'https://idp.example/face'))
                        api.authentication.recordMethod('https://idp.example/face');
                };
                """;
        logins.run(records, METHODS);
        var told = "pwd, https://idp.example/face = https://idp.example/face";
        var page = logins.password(browser, tenant.person());
        assertThat(idToken(page).path("https://example.com/methods").asString()).isEqualTo(told);
        logins.run(METHODS);
        page = browser.open(logins.app().authorize("prompt", "none"));
        assertThat(idToken(page).path("https://example.com/methods").asString())
                .as("by the session")
                .isEqualTo(told);
        logins.run(records.replace("face", "voice"), METHODS);
        page = browser.open(logins.app().authorize("prompt", "none"));
        assertThat(idToken(page).path("https://example.com/methods").asString()).startsWith(told + ", https://");
        logins.run(METHODS);
        page = browser.open(logins.app().authorize("prompt", "none"));
        assertThat(idToken(page).path("https://example.com/methods").asString())
                .as("what a silent sign-in recorded")
                .contains("/face", "/voice");
        page = logins.password(new Browser(tenant), tenant.person());
        assertThat(idToken(page).path("https://example.com/methods").asString()).isEqualTo("pwd");
    }

    @Test
    void a_password_grant_tells_of_a_recorded_method_to_the_actions_after_it_and_an_address_must_be_one() {
        logins.run(
                "exports.onExecutePostLogin = async (e, api) => { api.authentication.recordMethod('https://a.example/'); };",
                METHODS);
        var claims = tenant.signIn(tenant.person(), "scope", "openid").claims("id_token");
        assertThat(claims.path("https://example.com/methods").asString())
                .isEqualTo("pwd, https://a.example/ = https://a.example/");
        logins.saying("api.authentication.recordMethod('mfa');");
        assertThat(tenant.signIn(tenant.person()).error()).isEqualTo("403 access_denied: The sign-in was refused.");
    }

    @Test
    void a_session_that_ends_while_an_action_runs_answers_nothing() throws IOException {
        var person = tenant.person();
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        var other = new Browser(tenant);
        other.cookies.putAll(browser.cookies);
        var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
        elsewhere.createContext("/", exchange -> {
            other.ask("/v2/logout");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            logins.saying("await require('axios').get('http://127.0.0.2:%d/');"
                    .formatted(elsewhere.getAddress().getPort()));
            var page = browser.open(logins.app().authorize("prompt", "none"));
            assertThat(page.parameter("error")).isEqualTo("login_required");
            assertThat(page.parameter("error_description")).isEqualTo("Login required");
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void a_session_is_asked_again_where_an_action_wants_a_factor_each_time_and_not_where_it_looks_at_the_methods() {
        var person = tenant.enrolled(number);
        logins.saying("""
                if (!event.authentication.methods.find(method => method.name === 'mfa')) api.multifactor.enable('any');
                api.idToken.setCustomClaim('methods', event.authentication.methods.map(m => m.name + ':' + m.type));
                """);
        var page = logins.code(browser, logins.password(browser, person), number);
        assertThat(idToken(page).path("methods").toString()).isEqualTo("[\"pwd:undefined\"]");
        page = browser.open(logins.app().authorize("prompt", "none"));
        assertThat(idToken(page).path("methods").toString()).isEqualTo("[\"pwd:undefined\",\"mfa:phone\"]");
        logins.saying("api.multifactor.enable('any', {allowRememberBrowser: false});");
        page = browser.open(logins.app().authorize("prompt", "none"));
        assertThat(page.parameter("error")).isEqualTo("login_required");
        assertThat(page.parameter("error_description")).isEqualTo("Multifactor authentication required");
        page = browser.open(logins.app().authorize());
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(page.html()).doesNotContain("rememberBrowser");
        assertThat(idToken(logins.code(browser, page, number)).path("amr").toString())
                .isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
        logins.saying("api.multifactor.enable('any', {allowRememberBrowser: true});");
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void the_event_tells_of_the_request_the_user_and_the_application() {
        var person = tenant.person();
        admin.patch("/users/" + person.id().value(), "{'app_metadata':{'groups':['staff']}}");
        logins.saying("""
                const {secrets, ...told} = event;
                api.idToken.setCustomClaim('told', told);
                """);
        var told = idToken(logins.password(browser, person, "audience", "")).path("told");
        assertThat(told.at("/client/client_id").asString()).isEqualTo("app");
        assertThat(told.at("/user/user_id").asString()).isEqualTo(person.id().value());
        assertThat(told.at("/user/app_metadata/groups/0").asString()).isEqualTo("staff");
        assertThat(told.at("/user/enrolledFactors").isArray()).isTrue();
        assertThat(told.at("/request/ip").asString()).isNotEmpty();
        assertThat(told.at("/request/user_agent").asString()).contains("Java-http-client");
        assertThat(told.at("/request/query/redirect_uri").asString()).isEqualTo(WebApp.CALLBACK);
        assertThat(told.at("/request/geoip/countryCode").asString()).isEqualTo("NZ");
        assertThat(told.at("/request/geoip/countryName").asString()).isEqualTo("New Zealand");
        assertThat(told.at("/transaction/protocol").asString()).isEqualTo("oidc-basic-profile");
        assertThat(told.at("/transaction/requested_scopes").toString()).contains("offline_access");
        assertThat(told.at("/stats/logins_count").asInt()).isOne();
        assertThat(told.at("/tenant/id").asString()).isEqualTo(tenant.id().value());
        assertThat(told.at("/connection/strategy").asString()).isEqualTo("auth0");
        assertThat(told.at("/authentication/riskAssessment/assessments/NewDevice/code")
                        .asString())
                .isEqualTo("initial_login");
        tenant.server().clock().advance(java.time.Duration.ofSeconds(1));
        told = idToken(logins.password(browser, person, "prompt", "login")).path("told");
        assertThat(told.at("/authentication/riskAssessment/assessments/NewDevice/code")
                        .asString())
                .isEqualTo("match");
        assertThat(told.at("/stats/logins_count").asInt()).isEqualTo(2);
    }
}
