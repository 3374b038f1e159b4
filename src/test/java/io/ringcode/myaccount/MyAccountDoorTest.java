package io.ringcode.myaccount;

import static io.ringcode.myaccount.MyAccount.METHODS;
import static io.ringcode.myaccount.MyAccount.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may call the My Account API, for how long, and how it refuses. */
class MyAccountDoorTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final String number = TestTenant.newNumber();

    private Answer each(MyAccount account, String token, int operation, String id) {
        return switch (operation) {
            case 0 -> account.get(token, "/me/v1/factors");
            case 1 -> account.get(token, METHODS);
            case 2 -> account.get(token, METHODS + "/" + id);
            case 3 -> account.post(token, METHODS, "{'type':'totp'}");
            case 4 -> account.post(token, METHODS + "/" + id + "/verify", "{'auth_session':'x','otp_code':'123456'}");
            case 5 -> account.call("PATCH", token, METHODS + "/" + id, "{'name':'x'}");
            case 6 -> account.delete(token, METHODS + "/" + id);
            default -> throw new IllegalArgumentException();
        };
    }

    @Test
    void it_is_off_until_an_administrator_activates_it_and_grants_it_to_a_client() {
        var audience = tenant.issuer() + "me/";
        var person = tenant.person();
        var admin = Admin.of(tenant);
        var unknown = "403 access_denied: There is no API with this audience.";
        assertThat(tenant.signIn(person, "audience", audience).error()).isEqualTo(unknown);
        var grant = Map.of("client_id", tenant.clientId(), "audience", audience, "scope", List.of("read:me:factors"));
        assertThat(admin.post("/client-grants", grant).status()).isEqualTo(404);

        var made = admin.post("/resource-servers", Map.of("identifier", audience, "name", "My Account"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("identifier")).isEqualTo(audience);
        assertThat(made.body().path("is_system").asBoolean()).isTrue();
        assertThat(made.body().path("scopes").size()).isEqualTo(5);
        assertThat(made.body().path("subject_type_authorization").toString())
                .isEqualTo("{\"user\":{\"policy\":\"require_client_grant\"},\"client\":{\"policy\":\"deny_all\"}}");
        assertThat(admin.post("/resource-servers", Map.of("identifier", audience))
                        .status())
                .isEqualTo(409);
        assertThat(tenant.signIn(person, "audience", audience).error())
                .isEqualTo("403 access_denied: The client has no grant for this audience.");
        assertThat(admin.post("/client-grants", grant).status())
                .as("of a client")
                .isEqualTo(400);
        var ofUsers = Map.of(
                "client_id",
                tenant.clientId(),
                "audience",
                audience,
                "subject_type",
                "user",
                "scope",
                List.of("read:me:factors"));
        assertThat(admin.post("/client-grants", ofUsers).status()).isEqualTo(201);
        var tokens = tenant.signIn(person, "audience", audience, "scope", MyAccount.allScopes());
        assertThat(tokens.text("scope")).as("no more than was granted").isEqualTo("read:me:factors");
        assertThat(tenant.token("client_credentials", "audience", audience).error())
                .isEqualTo("403 access_denied: The client has no grant for this audience.");

        var all = admin.patch(
                "/resource-servers/" + made.text("id"),
                "{'subject_type_authorization':{'user':{'policy':'allow_all'}}}");
        assertThat(all.status()).as(all.body().toString()).isEqualTo(200);
        assertThat(tenant.signIn(person, "audience", audience, "scope", MyAccount.allScopes())
                        .text("scope"))
                .contains("delete:me:authentication_methods");
        assertThat(admin.patch(
                                "/resource-servers/" + made.text("id"),
                                "{'subject_type_authorization':{'client':{'policy':'allow_all'}}}")
                        .status())
                .isEqualTo(400);

        assertThat(admin.delete("/resource-servers/" + made.text("id")).status())
                .isEqualTo(204);
        var account = tokens.text("access_token");
        assertThat(refusal(tenant.get("/me/v1/factors", account)))
                .as("off again")
                .isEqualTo("A0E-401-0001");
        assertThat(tenant.signIn(person, "audience", audience).error()).isEqualTo(unknown);
    }

    @Test
    void each_operation_asks_for_its_scope_and_a_withdrawn_grant_ends_what_a_token_may_do() {
        var account = MyAccount.activated(tenant);
        var person = tenant.enrolled(number);
        var token = account.token(person, number, "read:me:factors");
        for (int operation = 1; operation <= 6; operation++)
            assertThat(refusal(each(account, token, operation, "phone|dev_x"))).isEqualTo("A0E-403-0002");
        assertThat(each(account, token, 0, "").status()).isEqualTo(200);
        var admin = account.admin();
        var grants = admin.get("/client-grants?client_id=" + tenant.clientId())
                .body()
                .valueStream()
                .filter(grant -> grant.path("audience").asString().equals(account.audience()))
                .toList();
        admin.patch("/client-grants/" + grants.getFirst().path("id").asString(), "{'scope':[]}");
        assertThat(refusal(each(account, token, 0, ""))).isEqualTo("A0E-403-0002");
    }

    @Test
    void another_users_method_is_nobodys() {
        var account = MyAccount.activated(tenant);
        var theirs = account.token(tenant.enrolled(number), number);
        var id = account.idOf(theirs, "phone");
        var mine = TestTenant.newNumber();
        var token = account.token(tenant.enrolled(mine), mine);
        for (var operation : List.of(2, 5, 6)) {
            var answer = each(account, token, operation, id);
            assertThat(refusal(answer)).isEqualTo("A0E-404-0002");
            assertThat(answer.body())
                    .isEqualTo(each(account, token, operation, "phone|nobodys").body());
        }
        var elsewhere = Ringcode.shared().tenant();
        var number = TestTenant.newNumber();
        var abroad = MyAccount.activated(elsewhere);
        var idAbroad = abroad.idOf(abroad.token(elsewhere.enrolled(number), number), "phone");
        assertThat(refusal(account.get(token, METHODS + "/" + idAbroad))).isEqualTo("A0E-404-0002");
        var begun = account.post(theirs, METHODS, "{'type':'totp'}");
        assertThat(refusal(account.verify(token, begun, "otp_code", "123456"))).isEqualTo("A0E-400-0001");
        assertThat(account.get(theirs, METHODS + "/" + id).status()).isEqualTo(200);
        assertThat(refusal(account.get(theirs, METHODS + "/sms" + id.substring(5))))
                .isEqualTo("A0E-404-0002");
    }

    @Test
    void without_a_good_token_of_this_api_nothing_is_told() {
        var account = MyAccount.activated(tenant);
        var person = tenant.enrolled(number);
        assertThat(refusal(tenant.send(tenant.request(METHODS, null).GET()))).isEqualTo("A0E-401-0002");
        var login = tenant.signIn(person, "audience", tenant.issuer() + "mfa/").text("mfa_token");
        var forMfa = tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number))
                .text("access_token");
        for (var token :
                List.of("garbage", "a.b.c", login, forMfa, account.admin().token()))
            for (int operation = 0; operation <= 6; operation++)
                assertThat(refusal(each(account, token, operation, "phone|dev_x")))
                        .isEqualTo("A0E-401-0001");
        var token = account.token(person, number);
        var theirs = Ringcode.shared().tenant();
        MyAccount.activated(theirs);
        assertThat(refusal(theirs.get(METHODS, token))).as("of another tenant").isEqualTo("A0E-401-0001");
        account.admin().patch("/users/" + person.id().value(), "{'blocked':true}");
        assertThat(refusal(account.get(token, METHODS))).as("of a blocked user").isEqualTo("A0E-401-0001");
    }

    @Test
    void garbage_is_told_in_the_apis_shape() {
        var account = MyAccount.activated(tenant);
        var token = account.token(tenant.enrolled(number), number);
        for (var body : List.of(
                "{}",
                "[]",
                "{'type':'fax'}",
                "{'type':'phone'}",
                "{'type':'phone','phone_number':7}",
                "{'type':'phone','phone_number':'0000'}",
                "{'type':'phone','phone_number':'+14155550100','name':'x'}",
                "{'type':'totp','phone_number':'+14155550100'}",
                "{'type':'email','email':'a@b.example'}",
                "{'type':'password'}")) {
            var answer = account.post(token, METHODS, body);
            assertThat(refusal(answer)).as(body).isEqualTo("A0E-400-0003");
            assertThat(answer.body().path("validation_errors").path(0).has("detail"))
                    .isTrue();
        }
        assertThat(refusal(account.post(token, METHODS, "{"))).isEqualTo("A0E-400-0001");
        var at = METHODS + "/" + account.idOf(token, "phone");
        for (var body :
                List.of("{'name':''}", "{'name':'" + "x".repeat(21) + "'}", "{'phone_number':'+1'}", "{'name':' '}"))
            assertThat(refusal(account.call("PATCH", token, at, body))).as(body).isEqualTo("A0E-400-0003");
        assertThat(refusal(account.post(token, at + "/verify", "{'auth_session':'garbage','otp_code':'1'}")))
                .isEqualTo("A0E-400-0001");
        assertThat(refusal(account.post(token, at + "/verify", "{'otp_code':'1'}")))
                .isEqualTo("A0E-400-0003");
        assertThat(refusal(account.call("PATCH", token, at, "{'name':'a\\u0000b'}")))
                .isEqualTo("A0E-400-0003");
        assertThat(refusal(account.post(token, METHODS, "{'type':'phone','phone_number':'+1\\u00004155550100'}")))
                .isEqualTo("A0E-400-0003");
        assertThat(refusal(account.get(token, METHODS + "?type=%00"))).isEqualTo("A0E-400-0003");
        assertThat(refusal(account.get(token, METHODS + "?type=fax"))).isEqualTo("A0E-400-0003");
        var form = tenant.send(tenant.request(METHODS, token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("type=totp")));
        assertThat(form.status()).isEqualTo(415);
        refusal(form);
        assertThat(refusal(account.get(token, "/me/v1/nothing"))).isEqualTo("A0E-404-0001");
    }

    @Test
    void calls_are_counted_by_user_and_told_in_the_headers() {
        var account = MyAccount.activated(tenant);
        var token = account.token(tenant.enrolled(number), number);
        var first = account.get(token, METHODS);
        var headers = first.whole().headers();
        var limit = headers.firstValueAsLong("x-ratelimit-limit").orElseThrow();
        assertThat(headers.firstValueAsLong("x-ratelimit-remaining")).hasValue(limit - 1);
        assertThat(headers.firstValueAsLong("x-ratelimit-reset").orElseThrow())
                .isGreaterThanOrEqualTo(tenant.server().clock().instant().getEpochSecond());
        Answer last = first;
        for (int call = 1; call <= limit; call++) last = account.get(token, METHODS);
        assertThat(refusal(last)).isEqualTo("A0E-429-0003");
        assertThat(last.retryAfter()).isEqualTo(1);
        var other = TestTenant.newNumber();
        assertThat(account.types(account.token(tenant.enrolled(other), other))).isNotEmpty();
        tenant.server().clock().advance(Duration.ofSeconds(2));
        assertThat(account.get(token, METHODS).status()).isEqualTo(200);
    }

    @Test
    void pages_of_registered_origins_may_call_it_and_read_where_a_method_is() {
        var account = MyAccount.activated(tenant);
        var token = account.token(tenant.enrolled(number), number);
        var asked = tenant.send(tenant.request(METHODS, null)
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization, content-type, dpop")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(asked.whole().headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("PATCH", "DELETE"));
        var begun = tenant.send(tenant.request(METHODS, token)
                .header("Origin", "https://app.example")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"totp\"}")));
        assertThat(begun.status()).isEqualTo(202);
        assertThat(String.join(",", begun.whole().headers().allValues("Access-Control-Expose-Headers")))
                .contains("Location", "WWW-Authenticate", "x-ratelimit-remaining");
    }
}
