package io.ringcode.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SigningClient;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ExpiredRowsTest {
    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();

    @Test
    void what_has_expired_goes_and_what_has_not_stays() {
        var person = tenant.person();
        var login = tenant.mfaToken(person, "offline_access");
        var number = TestTenant.newNumber();
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);

        var admin = Admin.of(tenant);
        admin.post("/guardian/enrollments/ticket", Map.of("user_id", person.id().value()));
        var signing = SigningClient.of(tenant);
        var credentials = Map.of("credentials", List.of(signing.credential()));
        var methods = Map.of("private_key_jwt", credentials);
        var client = admin.post("/clients", Map.of("name", "Signs", "client_authentication_methods", methods))
                .text("client_id");
        signing.token(signing.sign(signing.claims(client).build()));

        var app = WebApp.of(tenant);
        var browser = new Browser(tenant);
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "type", "sms");
        browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        browser.open(app.authorize("prompt", "login"));

        deleteExpired();
        assertThat(rows("login")).isEqualTo(2);
        assertThat(rows("browser_session")).isEqualTo(1);
        assertThat(rows("remembered_browser")).isEqualTo(1);
        assertThat(rows("authorization_code")).isEqualTo(1);
        assertThat(rows("enrollment_ticket")).isEqualTo(1);
        assertThat(rows("seen_proof")).isEqualTo(1);
        assertThat(rows("challenge")).isEqualTo(2);
        assertThat(rows("rate_limit")).isEqualTo(9);
        assertThat(rows("refresh_token")).isEqualTo(1);

        server.clock().advance(Duration.ofDays(2));
        deleteExpired();
        assertThat(rows("login")).isZero();
        assertThat(rows("authorization_code")).isZero();
        assertThat(rows("browser_session")).isEqualTo(1);
        assertThat(rows("seen_proof")).isZero();
        assertThat(rows("challenge")).isZero();
        assertThat(rows("rate_limit")).isZero();
        assertThat(rows("refresh_token")).isEqualTo(1);

        server.clock().advance(Duration.ofDays(30));
        deleteExpired();
        assertThat(rows("browser_session")).isZero();
        assertThat(rows("remembered_browser")).isZero();
        assertThat(rows("refresh_token")).isZero();
        assertThat(rows("enrollment_ticket")).isZero();
    }

    private void deleteExpired() {
        server.bean(ExpiredRows.class).run();
    }

    private int rows(String table) {
        return server.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }
}
