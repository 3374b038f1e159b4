package io.ringcode.factor;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads rows of the table {@code enrollment}. */
@Component
class AuthenticatorRows {
    static final String COLUMNS = """
            id, user_id, kind, name, phone_sealed, channel, failures >= 100 AS locked, created_at, confirmed_at, last_auth_at,
            bound_in, credential_id, public_key, relying_party, sign_count, aaguid, transports, backup_eligible, backed_up, denied
            """;
    static final String SELECT = "SELECT " + COLUMNS + " FROM enrollment WHERE tenant_id = :tenant ";

    /** {@link Authenticator#enrolls}, of a row. */
    static final String ENROLLS = "kind <> 'recovery-code' AND confirmed_at IS NOT NULL";

    private final AuthenticatorSecrets secrets;

    AuthenticatorRows(AuthenticatorSecrets secrets) {
        this.secrets = secrets;
    }

    Authenticator read(TenantId tenant, ResultSet row) throws SQLException {
        var id = new AuthenticatorId(row.getString("id"));
        var binding = new Authenticator.Binding(
                id,
                new UserId(row.getString("user_id")),
                row.getString("name"),
                row.getBoolean("locked"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "confirmed_at"),
                instant(row, "last_auth_at"),
                row.getObject("bound_in", UUID.class));
        return switch (FactorKind.of(row.getString("kind"))) {
            case PHONE ->
                new Authenticator.Phone(
                        binding,
                        secrets.openPhone(tenant, id, row.getBytes("phone_sealed")),
                        Channel.of(row.getString("channel")).orElseThrow());
            case APP -> new Authenticator.App(binding);
            case WEBAUTHN_ROAMING ->
                new Authenticator.WebAuthn(binding, FactorKind.WEBAUTHN_ROAMING, WebAuthnCredential.read(row));
            case WEBAUTHN_PLATFORM ->
                new Authenticator.WebAuthn(binding, FactorKind.WEBAUTHN_PLATFORM, WebAuthnCredential.read(row));
            case RECOVERY_CODE -> new Authenticator.RecoveryCode(binding, row.getBoolean("denied"));
        };
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
