package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.management.Admin;
import io.ringcode.user.Passwords;
import io.ringcode.user.Users;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tenant sets for password grants that name neither realm nor audience. */
class SignInDefaultsTest {
    private static final String WRONG = "403 invalid_grant: Wrong email or password.";
    private static final String NO_CONNECTION =
            "400 invalid_request: The connection does not exist, or is not enabled for this client.";

    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final Admin admin = Admin.of(tenant);

    private Person staff() {
        var made = admin.post(
                "/connections", Map.of("name", "staff", "strategy", "auth0", "enabled_clients", List.of("app")));
        assertThat(made.status()).isEqualTo(201);
        var now = server.clock().instant();
        var user = server.bean(Users.class)
                .create(
                        tenant.id(),
                        "staff",
                        "ann@example.com",
                        "Ann",
                        server.bean(Passwords.class).hash("correct horse"),
                        now);
        return new Person("ann@example.com", "correct horse", user);
    }

    @Test
    void the_default_directory_is_where_a_password_is_looked_for_and_a_realm_goes_before_it() {
        var ann = staff();
        var person = tenant.person();
        assertThat(tenant.signIn(ann).error()).isEqualTo(WRONG);
        admin.patch("/tenants/settings", "{'default_directory':'staff'}");
        assertThat(tenant.signIn(ann).text("error")).isEqualTo("mfa_required");
        assertThat(tenant.signIn(person).error()).isEqualTo(WRONG);
        assertThat(tenant.token(
                                GrantType.PASSWORD_REALM.wire(),
                                "username",
                                person.email(),
                                "password",
                                person.password(),
                                "realm",
                                "Username-Password-Authentication")
                        .text("error"))
                .isEqualTo("mfa_required");
        admin.patch("/tenants/settings", "{'default_directory':null}");
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
    }

    @Test
    void a_default_directory_that_the_client_may_not_use_is_told() {
        admin.patch("/tenants/settings", "{'default_directory':'nowhere'}");
        assertThat(tenant.signIn(tenant.person()).error()).isEqualTo(NO_CONNECTION);
    }

    @Test
    void a_connection_is_known_as_soon_as_it_has_been_made() {
        admin.patch("/tenants/settings", "{'default_directory':'staff'}");
        assertThat(tenant.signIn(tenant.person()).error()).isEqualTo(NO_CONNECTION);
        assertThat(tenant.signIn(staff()).text("error")).isEqualTo("mfa_required");
    }

    @Test
    void people_sign_in_through_an_application_as_soon_as_it_has_been_made() {
        var person = tenant.person();
        // What connections there are is known from here on, for half a second.
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
        var made = admin.post(
                "/clients", Map.of("name", "new", "app_type", "regular_web", "grant_types", List.of("password")));
        assertThat(tenant.form(
                                "/oauth/token",
                                "grant_type",
                                "password",
                                "client_id",
                                made.text("client_id"),
                                "client_secret",
                                made.text("client_secret"),
                                "username",
                                person.email(),
                                "password",
                                person.password())
                        .text("error"))
                .isEqualTo("mfa_required");
    }

    @Test
    void tokens_are_for_the_default_audience_where_none_is_asked() {
        var now = server.clock().instant();
        for (var name : List.of("https://one.example", "https://two.example"))
            server.bean(Apis.class).create(tenant.id(), new Api(name, Set.of(), Duration.ofHours(1)), now);
        admin.patch("/tenants/settings", "{'default_audience':'https://one.example'}");
        assertThat(audience()).contains("https://one.example");
        assertThat(audience("audience", "https://two.example"))
                .contains("https://two.example")
                .doesNotContain("one.example");
        admin.patch("/tenants/settings", "{'default_audience':'https://gone.example'}");
        assertThat(tenant.signIn(tenant.person()).error())
                .isEqualTo("403 access_denied: There is no API with this audience.");
    }

    /** Of the access token at the end of a whole sign-in. */
    private String audience(String... more) {
        var number = TestTenant.newNumber();
        var login = tenant.signIn(tenant.person(), more).text("mfa_token");
        var started = tenant.associate(login, "sms", number);
        var answer = tenant.verify(login, started.text("oob_code"), tenant.code(number));
        return answer.claims("access_token").path("aud").toString();
    }
}
