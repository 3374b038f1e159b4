package io.ringcode.delivery.account;

import static java.time.ZoneOffset.UTC;

import io.ringcode.phone.Channel;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Accounts with carriers as rows. */
@Component
class AccountTable {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient db;
    private final ObjectMapper json;
    private final RandomText random;

    AccountTable(JdbcClient db, ObjectMapper json, RandomText random) {
        this.db = db;
        this.json = json;
        this.random = random;
    }

    /** @param secrets sealed, base64, by their names */
    record Row(CarrierAccount account, Map<String, String> secrets, String receiptSalt) {}

    List<Row> of(TenantId tenant) {
        return db.sql("SELECT * FROM carrier_account WHERE tenant_id = :tenant ORDER BY created_at, carrier")
                .param("tenant", tenant.value())
                .query((row, _) -> read(row))
                .list();
    }

    /** The row, inserted where there is none, and locked until the transaction ends. */
    Row lock(TenantId tenant, String carrier, Instant now) {
        db.sql("""
                INSERT INTO carrier_account (tenant_id, carrier, id, receipt_salt, created_at, updated_at)
                VALUES (:tenant, :carrier, :id, :salt, :now, :now)
                ON CONFLICT (tenant_id, carrier) DO NOTHING
                """)
                .param("tenant", tenant.value())
                .param("carrier", carrier)
                .param("id", "pro_" + random.mixed(16))
                .param("salt", random.base64(16))
                .param("now", now.atOffset(UTC))
                .update();
        return db.sql("SELECT * FROM carrier_account WHERE tenant_id = :tenant AND carrier = :carrier FOR UPDATE")
                .param("tenant", tenant.value())
                .param("carrier", carrier)
                .query((row, _) -> read(row))
                .single();
    }

    void update(TenantId tenant, Row row) {
        var account = row.account();
        db.sql("""
                UPDATE carrier_account
                   SET disabled = :disabled, channels = :channels, fields = :fields::jsonb, secrets = :secrets::jsonb,
                       updated_at = :at
                 WHERE tenant_id = :tenant AND carrier = :carrier
                """)
                .param("tenant", tenant.value())
                .param("carrier", account.carrier())
                .param("disabled", account.disabled())
                .param(
                        "channels",
                        account.channels().stream().map(Channel::wire).toArray(String[]::new))
                .param("fields", json.writeValueAsString(account.fields()))
                .param("secrets", json.writeValueAsString(row.secrets()))
                .param("at", account.updatedAt().atOffset(UTC))
                .update();
    }

    boolean delete(TenantId tenant, String carrier) {
        return db.sql("DELETE FROM carrier_account WHERE tenant_id = :tenant AND carrier = :carrier")
                        .param("tenant", tenant.value())
                        .param("carrier", carrier)
                        .update()
                == 1;
    }

    private Row read(ResultSet row) throws SQLException {
        var secrets = json.readValue(row.getString("secrets"), TEXTS);
        var account = new CarrierAccount(
                row.getString("id"),
                row.getString("carrier"),
                row.getBoolean("disabled"),
                channels((String[]) row.getArray("channels").getArray()),
                json.readValue(row.getString("fields"), TEXTS),
                Set.copyOf(secrets.keySet()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
        return new Row(account, secrets, row.getString("receipt_salt"));
    }

    private static Set<Channel> channels(String[] wire) {
        var channels = new LinkedHashSet<Channel>();
        Arrays.stream(wire).forEach(name -> channels.add(Channel.of(name).orElseThrow()));
        return channels;
    }
}
