package io.ringcode.myaccount;

import io.ringcode.factor.Authenticator;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.phone.Channel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The bodies of requests. */
sealed interface MyAccountBody extends JsonBody {
    /**
     * A method to bind.
     *
     * @param connection of a passkey, as the two after it: taken and not followed, as each user has one connection here
     */
    record NewMethod(
            @OneOf({
                "phone",
                "totp",
                "webauthn-roaming",
                "webauthn-platform",
                PASSKEY,
                "recovery-code",
                "email",
                "push-notification",
                "password"
            })
            String type,

            @Nullable @Length(min = 2, max = 60) String phoneNumber,
            @Nullable Channel preferredAuthenticationMethod,

            @Nullable @Length(min = 1, max = 128) @Matches("[a-zA-Z0-9-]+")
            String connection,

            @Nullable @Length(max = 255) String identityUserId,
            @Nullable JsonNode useExcludeCredentials,
            @Nullable @Length(max = 320) String email)
            implements MyAccountBody {
        static final String PASSKEY = "passkey";

        public NewMethod {
            switch (type) {
                case "phone" -> {
                    if (phoneNumber == null)
                        throw InvalidBody.on("phone_number", "Missing required property: phone_number");
                }
                case "email", "push-notification", "password" ->
                    throw InvalidBody.on("type", "This server does not offer the method " + type);
                default -> {
                    refuse("phone_number", phoneNumber);
                    refuse("preferred_authentication_method", preferredAuthenticationMethod);
                }
            }
            if (!type.equals(PASSKEY)) {
                refuse("connection", connection);
                refuse("identity_user_id", identityUserId);
                refuse("use_exclude_credentials", useExcludeCredentials);
            }
            refuse("email", email);
        }

        private static void refuse(String name, @Nullable Object value) {
            if (value != null) throw InvalidBody.on(name, "Additional properties not allowed: " + name);
        }

        /** Where it is a phone. */
        String number() {
            return Objects.requireNonNull(phoneNumber);
        }

        Channel channel() {
            return preferredAuthenticationMethod == null ? Channel.USUAL : preferredAuthenticationMethod;
        }
    }

    /**
     * What confirms a method.
     *
     * @param authnResponse of a key or device, as {@code PublicKeyCredential.toJSON} has it
     */
    record Verification(
            @Length(min = 1, max = 4096) String authSession,
            @Nullable @Length(min = 1, max = 40) String otpCode,
            @Nullable JsonNode authnResponse)
            implements MyAccountBody {
        String code() {
            if (otpCode == null) throw InvalidBody.on("otp_code", "Missing required property: otp_code");
            return otpCode;
        }

        JsonNode response() {
            if (authnResponse == null || !authnResponse.isObject())
                throw InvalidBody.on("authn_response", "Missing required property: authn_response");
            return authnResponse;
        }

        /** Without the code. */
        @Override
        public String toString() {
            return "Verification";
        }
    }

    /** What of a method is changed; null leaves it as it is. */
    record MethodChange(
            @Nullable @Length(min = 1, max = Authenticator.LONGEST_NAME)
            String name,

            @Nullable Channel preferredAuthenticationMethod)
            implements MyAccountBody {}
}
