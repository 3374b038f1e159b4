package io.ringcode.factor;

import io.ringcode.phone.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a second factor was proved.
 *
 * @param wire in logs and metrics
 * @param amr what a token says of it (RFC 8176 section 2); empty for a recovery code, which the registry has no word for
 */
public record ProofMethod(String wire, Optional<String> amr) {
    public static final ProofMethod APP_CODE = new ProofMethod("otp", Optional.of("otp"));
    public static final ProofMethod RECOVERY_CODE = new ProofMethod("recovery-code", Optional.empty());

    /** A code that came by this channel. */
    public static ProofMethod of(Channel channel) {
        return new ProofMethod(channel.amr(), Optional.of(channel.amr()));
    }

    static List<ProofMethod> all() {
        return Stream.concat(Arrays.stream(Channel.values()).map(ProofMethod::of), Stream.of(APP_CODE, RECOVERY_CODE))
                .toList();
    }
}
