package io.ringcode.mfa;

import io.ringcode.json.JsonAnswer;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator that waits for its first code.
 *
 * @param recoveryCodes the user's first one, told this once
 */
record AssociationAnswer(
        String authenticatorType,
        @Nullable String bindingMethod,
        @Nullable String oobChannel,
        @Nullable String oobCode,
        @Nullable String secret,
        @Nullable String barcodeUri,
        @Nullable List<String> recoveryCodes)
        implements JsonAnswer {

    static AssociationAnswer phone(Channel channel, String oobCode, @Nullable String recoveryCode) {
        return new AssociationAnswer("oob", "prompt", channel.wire(), oobCode, null, null, listed(recoveryCode));
    }

    static AssociationAnswer app(String seed, String uri, @Nullable String recoveryCode) {
        return new AssociationAnswer("otp", null, null, null, seed, uri, listed(recoveryCode));
    }

    private static @Nullable List<String> listed(@Nullable String recoveryCode) {
        return recoveryCode == null ? null : List.of(recoveryCode);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AssociationAnswer[" + authenticatorType + "]";
    }
}
