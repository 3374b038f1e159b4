package io.ringcode.management.user;

import io.ringcode.json.InvalidBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.TypedName;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.EmailAddress;
import io.ringcode.user.NewPassword;
import io.ringcode.user.PasswordLength;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user's properties on the wire, whether the user is new or not. Null takes one away where it may be missing.
 *
 * @param verifyEmail taken and not followed, as no e-mail is sent; so is the one for the number
 */
record UserFacts(
        @TypedName @Matches(EmailAddress.PATTERN) Patch<String> email,

        @Nullable Boolean emailVerified,
        @Nullable JsonNode verifyEmail,
        @Length(min = 2, max = 60) Patch<String> phoneNumber,
        @Nullable Boolean phoneVerified,
        @Nullable JsonNode verifyPhoneNumber,

        @TypedName @Matches("[\\p{L}\\p{N}_.+!#$'^`~@-]{1,128}")
        Patch<String> username,

        @Length(min = 1, max = 300) Patch<String> name,
        @Length(min = 1, max = 300) Patch<String> givenName,
        @Length(min = 1, max = 300) Patch<String> familyName,
        @Length(min = 1, max = 300) Patch<String> nickname,

        @Length(min = 1, max = AdminUserData.LONGEST_PICTURE)
        Patch<String> picture,

        @Nullable Boolean blocked,
        @Nullable @NullAllowed Map<String, JsonNode> userMetadata,
        @Nullable @NullAllowed Map<String, JsonNode> appMetadata,
        @Nullable @NullAllowed String password) {
    UserFacts {
        if (password != null) settable(password);
        phone(phoneNumber.value());
    }

    private static void settable(String password) {
        switch (NewPassword.refusal(password)) {
            case null -> {}
            case TOO_SHORT -> throw ManagementRefused.operation(null, "PasswordStrengthError: Password is too weak");
            case COMMON -> throw ManagementRefused.operation(null, "PasswordDictionaryError: Password is too common");
            case TOO_LONG ->
                throw InvalidBody.on("password", "Must have at most " + PasswordLength.LONGEST + " characters");
        }
    }

    /** @return what {@code before} becomes by the properties that were sent */
    AdminUserData applyTo(AdminUserData before) {
        return new AdminUserData(
                email.or(before.email()),
                emailVerified == null ? before.emailVerified() && !email.sent() : emailVerified,
                phoneNumber.sent() ? phone(phoneNumber.value()) : before.phone(),
                phoneVerified == null ? before.phoneVerified() && !phoneNumber.sent() : phoneVerified,
                username.or(before.username()),
                name.or(before.name()),
                blocked == null ? before.blocked() : blocked,
                details(before.details()),
                AdminUserData.merged(before.userMetadata(), userMetadata == null ? Map.of() : userMetadata),
                AdminUserData.merged(before.appMetadata(), appMetadata == null ? Map.of() : appMetadata));
    }

    private Map<String, String> details(Map<String, String> before) {
        var details = new LinkedHashMap<>(before);
        var sent = Map.of("given_name", givenName, "family_name", familyName, "nickname", nickname, "picture", picture);
        sent.forEach((detail, patch) -> patch.ifSent(value -> {
            if (value == null) details.remove(detail);
            else details.put(detail, value);
        }));
        return details;
    }

    private static @Nullable PhoneNumber phone(@Nullable String text) {
        try {
            return text == null ? null : new PhoneNumber(text);
        } catch (InvalidPhoneNumber unreadable) {
            throw InvalidBody.on("phone_number", unreadable.sentence("Is not a possible phone number"));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "UserFacts";
    }
}
