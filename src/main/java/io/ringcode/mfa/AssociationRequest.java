package io.ringcode.mfa;

import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.IgnoreUnknown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which authenticator is to be bound.
 *
 * @param authenticatorTypes {@code oob} for a phone or {@code otp} for an app; only the first one counts, as of the channels
 * @param oobChannels of a phone: {@code sms} or {@code voice}
 * @param altcha from who can solve a challenge: {@code ask}, or the solution
 */
@IgnoreUnknown
record AssociationRequest(
        List<String> authenticatorTypes,
        @Nullable List<String> oobChannels,
        @Nullable String phoneNumber,
        @Nullable String clientId,
        @Nullable String altcha)
        implements JsonBody {}
