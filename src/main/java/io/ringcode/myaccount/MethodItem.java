package io.ringcode.myaccount;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.WebAuthnCredential;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authentication method of the user's own, so that its number is shown whole. The members of passkeys, from {@code credential_device_type}
 * on, are those of keys and devices alike: here each is a second factor.
 *
 * @param keyId of a security key or device: its credential's id, base64url
 * @param publicKey its public key (COSE), base64url
 * @param credentialDeviceType whether it may be copied to other devices; null where nobody knows
 * @param userHandle what authenticators call the user, base64url
 */
record MethodItem(
        String id,
        String type,
        List<String> usage,
        boolean confirmed,
        @Nullable String name,
        @Nullable String phoneNumber,
        @Nullable String preferredAuthenticationMethod,
        @Nullable String keyId,
        @Nullable String publicKey,
        @Nullable String credentialDeviceType,
        @Nullable Boolean credentialBackedUp,
        @Nullable String identityUserId,
        @Nullable String userHandle,
        @Nullable List<String> transports,
        @Nullable String aaguid,
        @Nullable String relyingPartyId,
        IsoTime createdAt,
        @Nullable IsoTime lastAuthAt)
        implements JsonAnswer {
    private static final List<String> SECOND = List.of("secondary");

    /** @param userHandle of its user */
    static MethodItem of(Authenticator method, String userHandle) {
        var phone = method instanceof Authenticator.Phone one ? one : null;
        var key = method instanceof Authenticator.WebAuthn one ? one.credential() : null;
        var binding = method.binding();
        return new MethodItem(
                id(method),
                method.kind().column(),
                SECOND,
                method.confirmed(),
                binding.name(),
                phone == null ? null : phone.number().e164(),
                phone == null ? null : phone.channel().wire(),
                key == null ? null : key.id(),
                key == null ? null : key.publicKey(),
                key == null ? null : deviceType(key),
                key == null ? null : key.backedUp(),
                key == null ? null : binding.user().value(),
                key == null ? null : userHandle,
                key == null ? null : key.transports(),
                key == null || key.aaguid() == null ? null : key.aaguid().toString(),
                key == null ? null : key.relyingParty(),
                new IsoTime(binding.createdAt()),
                IsoTime.of(binding.lastAuthAt()));
    }

    static String id(Authenticator method) {
        return method.kind().column() + "|" + method.id().value();
    }

    private static @Nullable String deviceType(WebAuthnCredential key) {
        if (key.backupEligible() == null) return null;
        return key.backupEligible() ? "multi_device" : "single_device";
    }
}
