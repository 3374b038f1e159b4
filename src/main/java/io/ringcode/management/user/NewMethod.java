package io.ringcode.management.user;

import io.ringcode.challenge.PublicKeys;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.factor.WebAuthnCredential;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An authentication method to bind: a phone with its number, an app with its secret, or a security key with its public key. */
record NewMethod(
        @OneOf({"phone", "email", "totp", "webauthn-roaming", "webauthn-platform", "passkey", "push", "guardian"})
        String type,

        @Nullable @NullAllowed @Length(min = 1, max = LONGEST_NAME)
        String name,

        @Nullable @NullAllowed @Length(min = 2, max = 60) String phoneNumber,
        @Nullable @NullAllowed Channel preferredAuthenticationMethod,
        @Nullable JsonNode email,

        @Nullable @NullAllowed @Matches("[A-Z2-7]{16,128}=*")
        String totpSecret,

        @Nullable @NullAllowed @Length(min = 2, max = 1364) @Matches("[A-Za-z0-9_-]+")
        String keyId,

        @Nullable @NullAllowed @Length(min = 2, max = 2000) @Matches("[A-Za-z0-9_-]+")
        String publicKey,

        @Nullable @NullAllowed @Length(min = 1, max = 253) @Matches("[a-z0-9.-]+")
        String relyingPartyIdentifier)
        implements JsonBody {
    static final int LONGEST_NAME = Authenticator.LONGEST_NAME;

    NewMethod {
        switch (type) {
            case "phone" -> require("phone_number", phoneNumber);
            case "totp" -> require("totp_secret", totpSecret);
            case "webauthn-roaming" -> {
                require("key_id", keyId);
                require("public_key", publicKey);
                require("relying_party_identifier", relyingPartyIdentifier);
                if (!PublicKeys.isPublicKey(Objects.requireNonNull(publicKey)))
                    throw InvalidBody.on("public_key", "Must be a COSE key of ES256, EdDSA or RS256, in base64url");
                if (Objects.requireNonNull(keyId).length() % 4 == 1)
                    throw InvalidBody.on("key_id", "Must be base64url");
            }
            case "webauthn-platform" ->
                throw InvalidBody.on("type", "A device is bound by its owner, on the sign-in pages");
            case String other -> throw InvalidBody.on("type", "This server does not offer the factor " + other);
        }
    }

    private static void require(String property, @Nullable String value) {
        if (value == null) throw InvalidBody.on(property, "Missing required property: " + property);
    }

    /** A security key; null for what is none. */
    @Nullable
    WebAuthnCredential key() {
        if (!type.equals("webauthn-roaming")) return null;
        return new WebAuthnCredential(
                Objects.requireNonNull(keyId),
                Objects.requireNonNull(publicKey),
                Objects.requireNonNull(relyingPartyIdentifier),
                0,
                null,
                List.of(),
                null,
                false);
    }

    /** A phone or an app. */
    Wanted wanted() {
        if (type.equals("webauthn-roaming"))
            throw InvalidBody.on("type", "Security keys are bound one by one, by POST");
        if (type.equals("totp"))
            return new Wanted.App(name, Objects.requireNonNull(totpSecret).replace("=", ""));
        var preferred = preferredAuthenticationMethod == null ? Channel.USUAL : preferredAuthenticationMethod;
        try {
            return new Wanted.Phone(name, new PhoneNumber(Objects.requireNonNull(phoneNumber)), preferred);
        } catch (InvalidPhoneNumber unreadable) {
            throw InvalidBody.on("phone_number", unreadable.sentence("Is not a possible phone number in E.164 form"));
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NewMethod[" + type + "]";
    }
}
