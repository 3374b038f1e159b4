package io.ringcode.delivery.voice;

import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The text of a call, sealed into the address that the carrier requests during the call: the server stores nothing,
 * and neither the carrier's logs nor ours can read the code in it.
 */
@Component
public class CallScripts {
    /** The query parameter that it is sent in. */
    public static final String PARAMETER = "say";

    private final Sealer sealer;

    public CallScripts(Keyring keys) {
        this.sealer = keys.sealer("call-script");
    }

    public record Script(String text, Locale language) {
        @Override
        public String toString() {
            return "Script[•••]";
        }
    }

    /** @return letters, digits, {@code -} and {@code _} */
    public String seal(PhoneMessage message, String carrier) {
        var plain = message.expiresAt().getEpochSecond() + "\n"
                + message.language().toLanguageTag() + "\n" + message.text();
        return sealer.sealToken(plain, message.tenant().value(), carrier);
    }

    /** Empty where it was not sealed here for this tenant and carrier, or the code in it is dead. */
    public Optional<Script> open(TenantId tenant, String carrier, String sealed, Instant now) {
        return sealer.openToken(sealed, tenant.value(), carrier)
                .map(plain -> plain.split("\n", 3))
                .filter(parts -> Instant.ofEpochSecond(Long.parseLong(parts[0])).isAfter(now))
                .map(parts -> new Script(parts[2], Locale.forLanguageTag(parts[1])));
    }
}
