package io.ringcode.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key credential (WebAuthn level 3 section 4, "credential record"). Nothing of it is secret.
 *
 * @param id base64url
 * @param publicKey COSE, base64url
 * @param relyingParty the domain that it works for
 * @param signCount the newest count of signatures that was taken; zero where the authenticator counts none
 * @param aaguid the authenticator's model; null where nobody knows
 * @param transports how browsers reach it; empty where nobody knows
 * @param backupEligible whether it may be copied to its owner's other devices; null where nobody knows
 * @param backedUp whether it was
 */
public record WebAuthnCredential(
        String id,
        String publicKey,
        String relyingParty,
        long signCount,
        @Nullable UUID aaguid,
        List<String> transports,
        @Nullable Boolean backupEligible,
        boolean backedUp) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static WebAuthnCredential read(ResultSet row) throws SQLException {
        var transports = row.getArray("transports");
        var eligible = row.getObject("backup_eligible", Boolean.class);
        return new WebAuthnCredential(
                ENCODER.encodeToString(row.getBytes("credential_id")),
                ENCODER.encodeToString(row.getBytes("public_key")),
                row.getString("relying_party"),
                row.getLong("sign_count"),
                row.getObject("aaguid", UUID.class),
                transports == null ? List.of() : List.of((String[]) transports.getArray()),
                eligible,
                row.getBoolean("backed_up"));
    }

    public byte[] rawId() {
        return Base64.getUrlDecoder().decode(id);
    }

    public byte[] rawPublicKey() {
        return Base64.getUrlDecoder().decode(publicKey);
    }
}
