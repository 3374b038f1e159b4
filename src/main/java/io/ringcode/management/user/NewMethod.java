package io.ringcode.management.user;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An authentication method to bind: a phone with its number, or an app with its secret. */
record NewMethod(
        @OneOf({"phone", "email", "totp", "webauthn-roaming", "webauthn-platform", "passkey", "push", "guardian"})
        String type,

        @Nullable @NullAllowed @Length(min = 1, max = LONGEST_NAME)
        String name,

        @Nullable @NullAllowed @Length(min = 2, max = 60) String phoneNumber,
        @Nullable @NullAllowed Channel preferredAuthenticationMethod,
        @Nullable JsonNode email,

        @Nullable @NullAllowed @Matches("[A-Z2-7]{16,128}=*")
        String totpSecret)
        implements JsonBody {
    static final int LONGEST_NAME = 20;

    NewMethod {
        switch (type) {
            case "phone" -> require("phone_number", phoneNumber);
            case "totp" -> require("totp_secret", totpSecret);
            case String other -> throw InvalidBody.on("type", "This server does not offer the factor " + other);
        }
    }

    private static void require(String property, @Nullable String value) {
        if (value == null) throw InvalidBody.on(property, "Missing required property: " + property);
    }

    Wanted wanted() {
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
