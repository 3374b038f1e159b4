package io.ringcode.mfa;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.authorization.ClientCredentials;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.IgnoreUnknown;
import io.ringcode.phone.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which second factor is to be asked for.
 *
 * @param challengeType {@code oob}, {@code otp} or both with a blank between; left out, it means everything
 * @param oobChannel {@code sms} or {@code voice}
 * @param altcha from who can solve a challenge: {@code ask}, or the solution
 */
@IgnoreUnknown
record ChallengeRequest(
        String mfaToken,
        @Nullable String challengeType,
        @Nullable String authenticatorId,
        @Nullable String oobChannel,
        @Nullable String altcha,
        @JsonUnwrapped ClientCredentials client)
        implements JsonBody {

    Set<String> accepted() {
        return challengeType == null
                ? Set.of("oob", "otp")
                : Set.copyOf(List.of(challengeType.strip().split("\\s+")));
    }

    @Nullable
    Channel channel() {
        if (oobChannel == null) return null;
        return Channel.of(oobChannel)
                .orElseThrow(() -> new OAuthRefused(
                        OAuthError.INVALID_REQUEST, "Parameter oob_channel must be \"sms\" or \"voice\"."));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ChallengeRequest[" + client + "]";
    }
}
