package io.ringcode.factor;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import io.ringcode.user.UserId;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Recovery codes have 124 random bits, so a keyed hash is enough (NIST SP 800-63B-4 section 3.1.2.2). */
@Component
public class RecoveryCodeHash {
    private final KeyedHash hash;

    RecoveryCodeHash(Keyring keys) {
        this.hash = keys.hash("recovery-code");
    }

    /** @param code as typed: case, blanks and dashes do not matter */
    public byte[] of(TenantId tenant, UserId user, String code) {
        var plain = new Typed(code).code().toUpperCase(Locale.ROOT);
        return hash.of(tenant.value(), user.value(), plain);
    }
}
