package io.ringcode.management.user;

import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.PasswordLength;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A user's properties on the wire. */
final class UserForm {
    private static final Pattern EMAIL = Pattern.compile("(?U)[^\\s@]{1,64}@[^\\s@]{1,255}");
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}_.+!#$'^`~@-]{1,128}");
    private static final Set<String> DETAILS = Set.of("given_name", "family_name", "nickname", "picture");

    private static final Set<String> FACTS = Set.of(
            "email",
            "email_verified",
            "verify_email",
            "phone_number",
            "phone_verified",
            "verify_phone_number",
            "username",
            "name",
            "given_name",
            "family_name",
            "nickname",
            "picture",
            "blocked",
            "user_metadata",
            "app_metadata",
            "password",
            "connection");

    private final Body body;

    private UserForm(Body body) {
        this.body = body;
    }

    static UserForm ofNew(Body body) {
        return new UserForm(body.only(with("user_id")));
    }

    static UserForm ofChange(Body body) {
        return new UserForm(body.only(with("client_id", "verify_password")));
    }

    private static Set<String> with(String... more) {
        var names = new java.util.HashSet<>(FACTS);
        names.addAll(Set.of(more));
        return names;
    }

    /** @return what {@code before} becomes by the properties that were sent */
    AdminUserData applyTo(AdminUserData before) {
        return new AdminUserData(
                body.has("email") ? email() : before.email(),
                body.flag("email_verified", before.emailVerified() && !body.has("email")),
                body.has("phone_number") ? phone() : before.phone(),
                body.flag("phone_verified", before.phoneVerified() && !body.has("phone_number")),
                body.has("username") ? username() : before.username(),
                body.has("name") ? body.optionalText("name", 1, 300) : before.name(),
                body.flag("blocked", before.blocked()),
                details(before.details()),
                AdminUserData.merged(before.userMetadata(), members("user_metadata")),
                AdminUserData.merged(before.appMetadata(), members("app_metadata")));
    }

    @Nullable
    String password() {
        if (!body.has("password") || body.isNull("password")) return null;
        var password = body.text("password");
        if (PasswordLength.tooShort(password))
            throw ManagementRefused.operation(null, "PasswordStrengthError: Password is too weak");
        if (PasswordLength.tooLong(password))
            throw ManagementRefused.body("password", "Must have at most " + PasswordLength.LONGEST + " characters");
        return password;
    }

    boolean touches(String name) {
        return body.has(name);
    }

    private @Nullable String email() {
        return body.isNull("email") ? null : body.typedName("email", EMAIL);
    }

    private @Nullable String username() {
        return body.isNull("username") ? null : body.typedName("username", USERNAME);
    }

    private @Nullable PhoneNumber phone() {
        if (body.isNull("phone_number")) return null;
        try {
            return new PhoneNumber(body.text("phone_number", 2, 60));
        } catch (InvalidPhoneNumber unreadable) {
            throw ManagementRefused.body("phone_number", unreadable.sentence("Is not a possible phone number"));
        }
    }

    private Map<String, String> details(Map<String, String> before) {
        var details = new LinkedHashMap<>(before);
        for (var name : DETAILS) {
            if (!body.has(name)) continue;
            var value = body.optionalText(name, 1, name.equals("picture") ? AdminUserData.LONGEST_PICTURE : 300);
            if (value == null) details.remove(name);
            else details.put(name, value);
        }
        return details;
    }

    private Map<String, JsonNode> members(String name) {
        return body.has(name) && !body.isNull(name) ? body.object(name).raw() : Map.of();
    }
}
