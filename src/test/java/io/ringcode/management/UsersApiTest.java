package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.Connections;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void a_user_is_created_read_changed_and_deleted() {
        var made = create(
                "ada@example.com",
                "'password':'correct horse','given_name':'Ada','phone_number':'+14155550123','email_verified':true,"
                        + "'user_metadata':{'colour':'blue','size':'M'},'app_metadata':{'plan':'gold'}");
        assertThat(made.status()).isEqualTo(201);
        var id = made.text("user_id");
        assertThat(id).startsWith("auth0|");
        assertThat(made.body().path("identities").get(0).path("user_id").asString())
                .isEqualTo(id.substring(6));
        assertThat(made.text("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(made.body().toString()).doesNotContain("password", "horse");

        assertThat(admin.get("/users/" + id.replace("|", "%7C")).text("phone_number"))
                .isEqualTo("+14155550123");
        var changed = admin.patch(
                "/users/" + id, "{'user_metadata':{'size':'L','colour':null},'nickname':'Countess','name':'Ada L.'}");
        assertThat(changed.body().path("user_metadata").toString()).isEqualTo("{\"size\":\"L\"}");
        assertThat(changed.body().path("app_metadata").toString()).isEqualTo("{\"plan\":\"gold\"}");
        assertThat(changed.text("nickname")).isEqualTo("Countess");
        assertThat(changed.text("phone_number")).as("what was not sent").isEqualTo("+14155550123");

        var only = admin.get("/users/" + id + "?fields=email,name").body();
        assertThat(only.propertyNames()).containsExactlyInAnyOrder("email", "name");
        assertThat(admin.delete("/users/" + id).status()).isEqualTo(204);
        assertThat(admin.delete("/users/" + id).status()).as("again").isEqualTo(204);
        assertThat(admin.get("/users/" + id).body().toString())
                .isEqualTo("{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"The user does not exist.\","
                        + "\"errorCode\":\"inexistent_user\"}");
    }

    @Test
    void what_is_sent_as_null_goes() {
        var id = create(
                        "gone@example.com",
                        "'username':'gone','phone_number':'+14155550123','picture':'p','email_verified':true")
                .text("user_id");
        var changed = admin.patch(
                "/users/" + id,
                "{'email':null,'phone_number':null,'picture':null,'name':null,'user_metadata':null,'password':null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().propertyNames())
                .doesNotContain("email", "email_verified", "phone_number", "phone_verified", "picture");
        assertThat(changed.text("name")).isEqualTo("gone");
        assertThat(admin.patch("/users/" + id, "{'email':'back@example.com'}")
                        .body()
                        .path("email_verified")
                        .asBoolean(true))
                .as("of another address")
                .isFalse();
        assertThat(admin.patch("/users/" + id, "{'blocked':null}").status()).isEqualTo(400);
        assertThat(admin.patch("/users/" + id, "{'user_id':'other'}").status()).isEqualTo(400);
    }

    @Test
    void a_name_is_taken_once_and_passwords_are_not_weak() {
        create("one@example.com", "'username':'one'");
        assertThat(create("ONE@example.com", "'password':'correct horse'").status())
                .isEqualTo(409);
        assertThat(create("other@example.com", "'username':'ONE'").status()).isEqualTo(409);
        var two = create("two@example.com", "'password':'correct horse'");
        var taken = admin.patch("/users/" + two.text("user_id"), "{'email':'one@example.com'}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(create("weak@example.com", "'password':'short'").text("message"))
                .isEqualTo("PasswordStrengthError: Password is too weak");
        assertThat(create("common@example.com", "'password':'Football1'").text("message"))
                .isEqualTo("PasswordDictionaryError: Password is too common");
        assertThat(admin.patch("/users/" + two.text("user_id"), "{'password':'password1'}")
                        .text("message"))
                .isEqualTo("PasswordDictionaryError: Password is too common");
        assertThat(admin.post("/users", "{'connection':'nowhere','email':'a@example.com'}")
                        .text("errorCode"))
                .isEqualTo("inexistent_connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'email':'a@example.com'}",
                "{'connection':'Username-Password-Authentication'}",
                "{'connection':'Username-Password-Authentication','email':'no address'}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','phone_number':'0123'}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','phone_number':'+1'}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','shoe_size':44}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','blocked':'no'}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','user_metadata':[1]}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','user_metadata':{'a':'\\u0000'}}",
                "{'connection':'Username-Password-Authentication','email':'a@example.com','user_metadata':{'\\ud800':1}}",
            })
    void bodies_that_break_the_schema_are_refused(String body) {
        assertThat(admin.post("/users", body).text("errorCode")).isEqualTo("invalid_body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "email:\"ada@example.com\" > ada",
                "email:ADA@EXAMPLE.COM > ada",
                "email:*@example.com > ",
                "email:a* > ada al",
                "name:\"Ada Lovelace\" > ada",
                "name:Ada* AND blocked:false > ada",
                "app_metadata.plan:gold > ada bob",
                "app_metadata.plan:gold AND NOT email:bob* > ada",
                "user_metadata.deep.er:yes > al",
                "app_metadata.plan:(gold OR silver) > ada al bob",
                "phone_number:\"+14155550188\" > bob",
                "_exists_:username > al",
                "username:al OR email:bob@example.com > al bob",
                "-blocked:true > ada al",
                "(email:ada* OR email:bob*) blocked:true > bob",
                "created_at:[2000-01-01 TO *] > ada al bob",
                "created_at:{* TO 2000-01-01} > ",
                "ada* > ada",
                "email_verified:true > bob",
                "identities.connection:\"Username-Password-Authentication\" > ada al bob",
            })
    void searches_find_what_they_say(String query, String expected) {
        create("ada@example.com", "'name':'Ada Lovelace','app_metadata':{'plan':'gold'}");
        create(
                "al@example.com",
                "'username':'al','user_metadata':{'deep':{'er':'yes'}},'app_metadata':{'plan':'silver'}");
        create(
                "bob@example.com",
                "'blocked':true,'email_verified':true,'phone_number':'+14155550188','app_metadata':{'plan':'gold'}");
        var found = admin.get("/users?search_engine=v3&include_totals=true&sort=email:1&q=" + encode(query));
        assertThat(found.status()).isEqualTo(200);
        var names = StreamSupport.stream(found.body().path("users").spliterator(), false)
                .map(user -> user.path("email").asString().replace("@example.com", ""))
                .toList();
        assertThat(String.join(" ", names)).isEqualTo(expected == null ? "" : expected);
        assertThat(found.body().path("total").asInt()).isEqualTo(names.size());
    }

    @Test
    void people_are_found_by_the_phone_that_codes_go_to() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        tenant.enrolled(TestTenant.newNumber());
        var last = number.substring(number.length() - 4);
        for (var query : new String[] {
            "authenticators.phone_number:\"" + number + "\"",
            "authenticators.last_digits:" + last,
            "phone_number:\"" + number + "\" OR authenticators.phone_number:\"" + number + "\""
        }) {
            var found = admin.get("/users?q=" + encode(query));
            assertThat(found.body()).as(query).hasSize(1);
            assertThat(found.body().path(0).path("email").asString()).isEqualTo(person.email());
        }
        assertThat(Admin.of(Ringcode.shared().tenant())
                        .get("/users?q=" + encode("authenticators.last_digits:" + last))
                        .body())
                .isEmpty();
        for (var wrong : new String[] {"123", "12345", "12a4", "*"})
            assertThat(admin.get("/users?q=" + encode("authenticators.last_digits:" + wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        assertThat(admin.get("/users?q=" + encode("authenticators.phone_number:0123"))
                        .body())
                .isEmpty();
    }

    @Test
    void phones_from_before_last_digits_were_kept_get_theirs() {
        var number = TestTenant.newNumber();
        tenant.enrolled(number);
        var query = "/users?q=" + encode("authenticators.last_digits:" + number.substring(number.length() - 4));
        var db = tenant.server().bean(org.springframework.jdbc.core.simple.JdbcClient.class);
        db.sql("UPDATE enrollment SET phone_tail = NULL WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        assertThat(admin.get(query).body()).isEmpty();
        tenant.server()
                .bean("missingTails", io.ringcode.schedule.RecurringTask.class)
                .run();
        assertThat(admin.get(query).body()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email:",
                "(email:a",
                "email:\"a",
                "shoe:44",
                "created_at:[a TO b]",
                "created_at:[1 2]",
                ")",
                "name:[a TO b]"
            })
    void queries_that_cannot_be_read_are_refused(String query) {
        assertThat(admin.get("/users?q=" + encode(query)).text("errorCode")).isEqualTo("invalid_query_string");
    }

    @Test
    void a_search_goes_no_further_than_a_thousand() {
        assertThat(admin.get("/users?page=10&per_page=100").text("message")).contains("first 1000 records");
        assertThat(admin.get("/users?sort=shoe:1").status()).isEqualTo(400);
    }

    @Test
    void a_new_password_or_a_block_ends_the_sign_ins_of_before() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        var login = tenant.signIn(person, "scope", "openid offline_access");
        var number = tenant.challenge(login.text("mfa_token"));
        assertThat(number.status()).isEqualTo(200);
        admin.put("/guardian/policies", "[]");
        io.ringcode.server.Eventually.holds(
                "no second factor",
                () -> tenant.signIn(person, "scope", "offline_access").status() == 200);
        var refresh = tenant.signIn(person, "scope", "offline_access").text("refresh_token");
        admin.patch("/users/" + person.id().value(), "{'password':'another horse'}");
        assertThat(tenant.token("refresh_token", "refresh_token", refresh).status())
                .isEqualTo(403);
        assertThat(tenant.signIn(person).status()).isEqualTo(403);
        assertThat(tenant.token("password", "username", person.email(), "password", "another horse")
                        .status())
                .isEqualTo(200);
        var seen = admin.get("/users/" + person.id().value()).body();
        assertThat(seen.path("logins_count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(seen.path("last_ip").asString()).isEqualTo("127.0.0.1");
        admin.patch("/users/" + person.id().value(), "{'blocked':true}");
        assertThat(tenant.token("password", "username", person.email(), "password", "another horse")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void too_many_wrong_passwords_are_shown_and_forgiven() {
        var person = tenant.person();
        for (int i = 0; i < 20; i++) tenant.token("password", "username", person.email(), "password", "wrong");
        assertThat(tenant.signIn(person).status()).isEqualTo(429);
        var blocks = admin.get("/user-blocks?identifier=" + encode(person.email()));
        assertThat(blocks.body().path("blocked_for").get(0).path("identifier").asString())
                .isEqualTo(person.email());
        assertThat(admin.delete("/user-blocks/" + person.id().value()).status()).isEqualTo(204);
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
        assertThat(admin.get("/user-blocks/" + person.id().value()).body().toString())
                .isEqualTo("{\"blocked_for\":[]}");
    }

    private Answer create(String email, String more) {
        return admin.post(
                "/users", "{'connection':'" + Connections.DEFAULT + "','email':'" + email + "'," + more + "}");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
