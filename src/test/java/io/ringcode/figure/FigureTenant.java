package io.ringcode.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A tenant and the figures that its administrator is told. */
record FigureTenant(TestTenant tenant, TestDatabase.Database database) {
    FigureTenant {
        Admin.of(tenant); // grants it
    }

    /** By a token of this moment: days pass here. */
    Answer get(String path) {
        var granted = tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/");
        return new Admin(tenant, granted.text("access_token")).get(path);
    }

    JsonNode figures() {
        var answer = get("/guardian/factors/phone/figures?days=7");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    static void sums(JsonNode of, int messages, int sent, int delivered, int failed, int codes, int verified) {
        assertThat(of.path("messages").asInt()).as("messages").isEqualTo(messages);
        assertThat(of.path("sent").asInt()).as("sent").isEqualTo(sent);
        assertThat(of.path("delivered").asInt()).as("delivered").isEqualTo(delivered);
        assertThat(of.path("failed").asInt()).as("failed").isEqualTo(failed);
        assertThat(of.path("codes").asInt()).as("codes").isEqualTo(codes);
        assertThat(of.path("verified").asInt()).as("verified").isEqualTo(verified);
    }

    /** A receipt for the newest message as carriers send them, put where they end. */
    void receipt(String state, String price) {
        db().sql("""
                INSERT INTO receipt (tenant_id, provider, vendor_id, state, price, currency, signed, received_at, waiting)
                SELECT tenant_id, provider, vendor_id, :state, :price::numeric, 'USD', true, at + interval '3 s', false
                  FROM attempt WHERE tenant_id = :tenant ORDER BY message_id DESC LIMIT 1
                """)
                .param("tenant", tenant.id().value())
                .param("state", state)
                .param("price", price)
                .update();
    }

    /** A connection that is not the server's. */
    Connection outside() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    JdbcClient db() {
        return tenant.server().bean(JdbcClient.class);
    }
}
