package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.management.ImportedUsers;
import io.ringcode.secret.Keyring;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers that do not mean what they say, at every door. */
class NumbersAtDoorsTest {
    private static final String EXTENSION = "+1 415 555 0123 ext. 5";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);

    @Test
    void a_number_that_is_stored_as_it_was_years_ago_is_not_bound_twice() throws Exception {
        var imports = new ImportedUsers(admin);
        var factor = Map.of("phone", Map.of("value", "+525512345678"));
        var row = Map.of("email", "a@example.com", "mfa_factors", List.of(factor));
        imports.run(List.of(row));
        var former = Ringcode.shared()
                .bean(Keyring.class)
                .hash("enrollment-phone")
                .index(tenant.id().value(), "+5215512345678");
        var db = Ringcode.shared().bean(JdbcClient.class);
        assertThat(db.sql("UPDATE enrollment SET phone_index = :former WHERE tenant_id = :tenant AND kind = 'phone'")
                        .param("former", former)
                        .param("tenant", tenant.id().value())
                        .update())
                .isEqualTo(1);

        imports.run(List.of(row), "true");

        assertThat(db.sql("SELECT count(*) FROM enrollment WHERE tenant_id = :tenant AND kind = 'phone'")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_extension_is_refused_with_a_plain_sentence() throws Exception {
        var person = tenant.person();
        assertThat(tenant.associate(tenant.mfaToken(person), "sms", EXTENSION).error())
                .isEqualTo("400 invalid_request: Messages cannot reach a phone number with an extension.");
        var browser = new Browser(tenant);
        var page = signIns.password(browser, person, WebApp.of(tenant).authorize());
        page = signIns.sendTo(browser, page, EXTENSION);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("Messages can’t reach an extension.");
        for (var answer : List.of(
                admin.patch("/users/" + person.id().value(), Map.of("phone_number", EXTENSION)),
                admin.post(
                        "/users/" + person.id().value() + "/authentication-methods",
                        Map.of("type", "phone", "phone_number", EXTENSION)))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("message")).contains("extension, which no message reaches");
        }
        var imports = new ImportedUsers(admin);
        var row = Map.of("email", "a@example.com", "phone_number", EXTENSION);
        assertThat(imports.errors(imports.run(List.of(row)))).contains("extension, which no message reaches");
    }

    @Test
    void a_number_of_years_ago_is_enrolled_found_and_written_as_it_is_now() throws Exception {
        var imports = new ImportedUsers(admin);
        var factor = Map.of("phone", Map.of("value", "+5215512345678"));
        var row = Map.of("email", "a@example.com", "phone_number", "+551187654321", "mfa_factors", List.of(factor));
        assertThat(imports.run(List.of(row))
                        .body()
                        .path("summary")
                        .path("inserted")
                        .asInt())
                .isEqualTo(1);
        var user = admin.get("/users-by-email?email=a@example.com").body().path(0);
        assertThat(user.path("phone_number").asString()).isEqualTo("+5511987654321");
        var console = Console.of(tenant);
        for (var number : List.of("+525512345678", "+52 1 55 1234 5678", "+55 11 8765-4321", "+55 11 98765-4321"))
            assertThat(console.open("/console/users?q=" + Browser.encode(number))
                            .html())
                    .as(number)
                    .contains("a@example.com");
    }
}
