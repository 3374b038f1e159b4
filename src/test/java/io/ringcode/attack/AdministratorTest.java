package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import io.ringcode.management.ManagementClient;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A client that may change users does not become an administrator by it. */
class AdministratorTest {
    private static final Set<String> ALL_OF_USERS = Set.of(
            "read:users",
            "update:users",
            "delete:users",
            "create:authentication_methods",
            "update:authentication_methods",
            "delete:authentication_methods",
            "create:guardian_enrollment_tickets",
            "delete:guardian_enrollments",
            "delete:administrators");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin lesser = new Admin(
            tenant,
            ManagementClient.of(tenant, ALL_OF_USERS.toArray(String[]::new)).token());
    private final String number = TestTenant.newNumber();
    private final TestTenant.Person person = tenant.enrolled(number);
    private final String user = person.id().value().replace("|", "%7C");

    private void administrator(String... scopes) {
        tenant.server()
                .bean(JdbcClient.class)
                .sql(
                        "INSERT INTO administrator (tenant_id, user_id, scopes, created_at) VALUES (:tenant, :user, :scopes, now())")
                .param("tenant", tenant.id().value())
                .param("user", person.id().value())
                .param("scopes", scopes)
                .update();
    }

    private static final Map<String, Function<AdministratorTest, Answer>> CHANGES = Map.of(
            "password", test -> test.lesser.patch("/users/" + test.user, "{'password':'a new long password 1'}"),
            "e-mail", test -> test.lesser.patch("/users/" + test.user, "{'email':'mine@example.com'}"),
            "block", test -> test.lesser.patch("/users/" + test.user, "{'blocked':true}"),
            "factors", test -> test.lesser.delete("/users/" + test.user + "/authenticators"),
            "methods", test -> test.lesser.delete("/users/" + test.user + "/authentication-methods"),
            "app", test -> test.lesser.delete("/users/" + test.user + "/multifactor/google-authenticator"),
            "recovery code", test -> test.lesser.post("/users/" + test.user + "/recovery-code-regeneration", "{}"),
            "ticket",
                    test -> test.lesser.post(
                            "/guardian/enrollments/ticket",
                            Map.of("user_id", test.person.id().value())),
            "administration", test -> test.lesser.delete("/administrators/" + test.user),
            "user", test -> test.lesser.delete("/users/" + test.user));

    @Test
    void an_administrator_is_changed_in_no_way_by_who_may_do_less() {
        administrator("read:users", "update:users", "update:guardian_factors");
        CHANGES.forEach((what, change) -> {
            var answer = change.apply(this);
            assertThat(answer.status()).as(what).isEqualTo(403);
            assertThat(answer.text("errorCode")).as(what).isEqualTo("insufficient_scope");
        });
        assertThat(tenant.signIn(person).status()).as("nothing has changed").isEqualTo(403);
    }

    @Test
    void who_holds_the_same_scopes_may_and_users_are_changed_as_ever() {
        var change = "{'password':'a new long password 1'}";
        assertThat(lesser.patch("/users/" + user, change).status()).isEqualTo(200);
        administrator("read:users", "update:users");
        assertThat(lesser.patch("/users/" + user, change).status()).isEqualTo(200);
    }
}
