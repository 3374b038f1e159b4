package io.ringcode.factor;

import io.ringcode.phone.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a second factor was proved.
 *
 * @param wire in logs and metrics
 * @param amr what a token says of it (RFC 8176 section 2), beside {@link Amr#PHISHING_RESISTANT}; empty for a recovery code,
 *     which the registry has no word for
 */
public record ProofMethod(String wire, List<String> amr) {
    public static final ProofMethod APP_CODE = new ProofMethod("otp", List.of("otp"));
    public static final ProofMethod RECOVERY_CODE = new ProofMethod("recovery-code", List.of());

    /** A key that hardware guards, and one that may be copied to its owner's other devices. */
    private static final String HARDWARE = "hwk";

    private static final String SOFTWARE = "swk";

    /** Somebody was there and touched it. */
    private static final String PRESENT = "user";

    /** What an assertion proves of the person. */
    public enum Verified {
        /** That the key's holder was there. */
        PRESENCE,
        /** Also that it was its owner, by a PIN, a finger or a face. */
        USER
    }

    /** A code that came by this channel. */
    public static ProofMethod of(Channel channel) {
        return new ProofMethod(channel.amr(), List.of(channel.amr()));
    }

    /** A new credential. That it was made is no proof yet that it resists phishing: nothing was signed. */
    public static ProofMethod created(FactorKind kind, WebAuthnCredential credential) {
        return new ProofMethod(kind.setting(), List.of(key(credential), PRESENT));
    }

    /** A signature of a credential, for this server's own domain. */
    public static ProofMethod signed(FactorKind kind, WebAuthnCredential credential, Verified verified) {
        var amr = new ArrayList<>(List.of(key(credential), PRESENT));
        if (verified == Verified.USER) amr.add(Amr.PHISHING_RESISTANT);
        return new ProofMethod(kind.setting(), List.copyOf(amr));
    }

    /** What kind of factor was proved. */
    public FactorKind kind() {
        if (equals(APP_CODE)) return FactorKind.APP;
        if (equals(RECOVERY_CODE)) return FactorKind.RECOVERY_CODE;
        return key().orElse(FactorKind.PHONE);
    }

    /** The kind of a key; empty for what is typed. */
    public Optional<FactorKind> key() {
        return Arrays.stream(FactorKind.values())
                .filter(kind -> kind.isWebAuthn() && kind.setting().equals(wire))
                .findFirst();
    }

    /** Of an imported one nobody knows whether it may be copied; then less is claimed. */
    private static String key(WebAuthnCredential credential) {
        return Boolean.FALSE.equals(credential.backupEligible()) ? HARDWARE : SOFTWARE;
    }

    /** The words that say that something was proved which only its holder has. */
    static List<String> possessions() {
        return Stream.concat(Arrays.stream(Channel.values()).map(Channel::amr), Stream.of("otp", HARDWARE, SOFTWARE))
                .toList();
    }
}
