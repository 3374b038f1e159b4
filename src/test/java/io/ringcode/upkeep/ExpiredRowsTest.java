package io.ringcode.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.time.Duration;
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

        sweepWhole();
        assertThat(rows("challenge")).isEqualTo(1);
        assertThat(rows("rate_limit")).isEqualTo(3);
        assertThat(rows("refresh_token")).isEqualTo(1);

        server.clock().advance(Duration.ofDays(2));
        sweepWhole();
        assertThat(rows("challenge")).isZero();
        assertThat(rows("rate_limit")).isZero();
        assertThat(rows("refresh_token")).isEqualTo(1);

        server.clock().advance(Duration.ofDays(30));
        sweepWhole();
        assertThat(rows("refresh_token")).isZero();
    }

    /** Other tests leave rows too, so the walk takes several steps to come round. */
    private void sweepWhole() {
        for (int step = 0; step < 10; step++) server.bean(ExpiredRows.class).sweep();
    }

    private int rows(String table) {
        return server.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }
}
