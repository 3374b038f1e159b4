package io.ringcode.factor;

import io.ringcode.phone.Channel;
import java.util.Optional;

/** How a second factor was proved, and what {@code amr} says of it (RFC 8176 section 2). */
public enum ProofMethod {
    SMS("sms"),
    /** A code that was spoken: RFC 8176 calls a call {@code tel}. */
    CALL("tel"),
    APP_CODE("otp"),
    RECOVERY_CODE("recovery-code");

    private final String wire;

    ProofMethod(String wire) {
        this.wire = wire;
    }

    public static ProofMethod of(Channel channel) {
        return switch (channel) {
            case SMS -> SMS;
            case VOICE -> CALL;
        };
    }

    /** In logs and metrics. */
    public String wire() {
        return wire;
    }

    /** Empty for a recovery code: the registry of RFC 8176 has no word for it. */
    public Optional<String> amr() {
        return this == RECOVERY_CODE ? Optional.empty() : Optional.of(wire);
    }
}
