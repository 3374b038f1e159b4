package io.ringcode.mfa;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One line of {@code GET /mfa/authenticators}. SDKs differ in whether they read {@code oob_channel} or
 * {@code oob_channels}, and one filters by {@code type}, so all three are there.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Authenticator(
        String id,
        String authenticatorType,
        String type,
        boolean active,
        @Nullable String oobChannel,
        @Nullable List<String> oobChannels,
        @Nullable String name) {

    static Authenticator phone(String device, Channel channel, boolean active, String maskedNumber) {
        var wire = channel.wire();
        return new Authenticator(wire + "|" + device, "oob", "phone", active, wire, List.of(wire), maskedNumber);
    }

    static Authenticator app(String device, boolean active) {
        return new Authenticator("totp|" + device, "otp", "otp", active, null, null, null);
    }

    static Authenticator recoveryCode(String device, boolean active) {
        return new Authenticator("recovery-code|" + device, "recovery-code", "recovery-code", active, null, null, null);
    }
}
