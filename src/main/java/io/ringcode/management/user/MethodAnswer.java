package io.ringcode.management.user;

import io.ringcode.factor.Authenticator;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.phone.Channel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authentication method.
 *
 * @param keyId of a security key or device: its credential's id, base64url
 * @param publicKey its public key (COSE), base64url
 * @param relyingPartyIdentifier the domain that it works for
 * @param authenticationMethods of a phone: one for each channel
 */
public record MethodAnswer(
        String id,
        String type,
        boolean confirmed,
        @Nullable String name,
        @Nullable String phoneNumber,
        @Nullable String preferredAuthenticationMethod,
        @Nullable List<Part> authenticationMethods,
        @Nullable String keyId,
        @Nullable String publicKey,
        @Nullable String relyingPartyIdentifier,
        IsoTime createdAt,
        @Nullable IsoTime enrolledAt,
        @Nullable IsoTime lastAuthAt)
        implements JsonAnswer {

    public record Part(String id, String type) implements JsonAnswer {
        private static Part of(Channel channel, String device) {
            return new Part(channel.wire() + "|" + device, channel.wire());
        }
    }

    /** @param inClear whether numbers are shown as a whole */
    static MethodAnswer of(Authenticator method, boolean inClear) {
        var device = method.id().value();
        var kind = method.kind().column();
        var binding = method.binding();
        var phone = method instanceof Authenticator.Phone one ? one : null;
        var key = method instanceof Authenticator.WebAuthn one ? one.credential() : null;
        return new MethodAnswer(
                kind + "|" + device,
                kind,
                method.confirmed(),
                binding.name(),
                phone == null
                        ? null
                        : inClear ? phone.number().e164() : phone.number().masked(),
                phone == null ? null : phone.channel().wire(),
                phone == null
                        ? null
                        : Arrays.stream(Channel.values())
                                .map(channel -> Part.of(channel, device))
                                .toList(),
                key == null ? null : key.id(),
                key == null ? null : key.publicKey(),
                key == null ? null : key.relyingParty(),
                new IsoTime(binding.createdAt()),
                IsoTime.of(binding.confirmedAt()),
                IsoTime.of(binding.lastAuthAt()));
    }
}
