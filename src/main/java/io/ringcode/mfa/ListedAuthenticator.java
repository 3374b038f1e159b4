package io.ringcode.mfa;

import io.ringcode.factor.Authenticator;
import io.ringcode.json.JsonAnswer;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GET /mfa/authenticators}. SDKs differ in whether they read {@code oob_channel} or
 * {@code oob_channels}, and one filters by {@code type}, so all three are there.
 *
 * @param active whether it may prove the user now: it is confirmed, and its factor is on
 */
record ListedAuthenticator(
        String id,
        String authenticatorType,
        String type,
        boolean active,
        @Nullable String oobChannel,
        @Nullable List<String> oobChannels,
        @Nullable String name)
        implements JsonAnswer {

    static ListedAuthenticator phone(Authenticator.Phone phone, Channel channel, boolean active) {
        var wire = channel.wire();
        var masked = phone.number().masked();
        return of(phone, wire, active, wire, masked);
    }

    static ListedAuthenticator other(Authenticator other, boolean active) {
        return of(other, other.kind().column(), active, null, null);
    }

    private static ListedAuthenticator of(
            Authenticator one, String prefix, boolean active, @Nullable String channel, @Nullable String name) {
        return new ListedAuthenticator(
                prefix + "|" + one.id().value(),
                one.kind().authenticatorType(),
                one.kind().type(),
                active,
                channel,
                channel == null ? null : List.of(channel),
                name);
    }
}
