package io.ringcode.job;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.text.Typed;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.EmailAddress;
import io.ringcode.user.ImportedUser;
import io.ringcode.user.KnownHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one user of an import, in the shape of Auth0's bulk import, and says everything that is wrong with it. */
final class RowReader {
    private static final Pattern EMAIL = Pattern.compile(EmailAddress.PATTERN);
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E&&[^|]]{1,250}");
    private static final Pattern SEED = Pattern.compile("[A-Z2-7]{16,128}=*");
    private static final Pattern RECOVERY = Pattern.compile("[A-Za-z0-9]{12,64}");
    private static final String NO_NUMBER = "Is not a possible phone number in E.164 form";
    private static final Set<String> DETAILS = Set.of("given_name", "family_name", "nickname", "picture");

    /** The one member of each kind of factor. */
    private static final Map<String, String> MEMBERS =
            Map.of("phone", "value", "totp", "secret", "recovery_code", "value");

    private static final Set<String> KNOWN = Set.of(
            "user_id",
            "email",
            "email_verified",
            "phone_number",
            "phone_verified",
            "username",
            "name",
            "given_name",
            "family_name",
            "nickname",
            "picture",
            "blocked",
            "password_hash",
            "custom_password_hash",
            "user_metadata",
            "app_metadata",
            "mfa_factors");

    /** @param path of the property, such as {@code mfa_factors[0]} */
    record Problem(String code, String message, String path) {}

    private final JsonNode row;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> left = new ArrayList<>();

    RowReader(JsonNode row) {
        this.row = row;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Factors that could not be taken over: the user comes without them, as Auth0 does it. */
    List<Problem> left() {
        return left;
    }

    /** @return null when there are problems */
    @Nullable
    ImportedRow read() {
        for (var name : row.propertyNames())
            if (!KNOWN.contains(name))
                problem("OBJECT_ADDITIONAL_PROPERTIES", "Additional properties not allowed", name);
        var data = new AdminUserData(
                name("email", EMAIL),
                flag("email_verified"),
                phone(row.get("phone_number"), "phone_number"),
                flag("phone_verified"),
                name("username", null),
                text("name", null),
                flag("blocked"),
                details(),
                members("user_metadata"),
                members("app_metadata"));
        if (!row.hasNonNull("email") && !row.hasNonNull("username") && !row.hasNonNull("phone_number"))
            problem("OBJECT_REQUIRED", "Missing required property: email", "email");
        var factors = new ArrayList<Wanted>();
        var recovery = factors(factors);
        var user = new ImportedUser(text("user_id", ID), hash(), data);
        return problems.isEmpty() ? new ImportedRow(user, factors, recovery) : null;
    }

    /** The row without what must not be shown again. */
    Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        for (var name : List.of("user_id", "email", "username", "name"))
            if (row.path(name).isString()) shown.put(name, row.path(name).stringValue());
        return shown;
    }

    private @Nullable String hash() {
        var plain = text("password_hash", null);
        var custom = row.get("custom_password_hash");
        if (plain != null && custom != null)
            problem("INVALID_FORMAT", "Give password_hash or custom_password_hash, not both", "custom_password_hash");
        if (plain != null) return known(plain, "password_hash");
        if (custom == null || custom.isNull()) return null;
        return new HashReader(custom, this::problem).read();
    }

    private @Nullable String known(String hash, String path) {
        return KnownHash.is(hash)
                ? hash
                : noText("INVALID_FORMAT", "Is not a known hash, or its cost is too high", path);
    }

    /** @return the recovery code among them */
    private @Nullable String factors(List<Wanted> factors) {
        var given = row.get("mfa_factors");
        if (given == null || given.isNull()) return null;
        if (!given.isArray() || given.size() > 10)
            return noText("INVALID_TYPE", "Expected type array, of at most ten", "mfa_factors");
        String recovery = null;
        for (int i = 0; i < given.size(); i++) {
            var path = "mfa_factors[" + i + "]";
            var factor = given.get(i);
            var kind = factor.size() == 1 ? factor.propertyNames().iterator().next() : "";
            var member = MEMBERS.get(kind);
            if (member == null) {
                leave("An entry is one factor: phone, totp or recovery_code", path);
                continue;
            }
            var unknown = factor.path(kind).propertyNames().stream()
                    .filter(name -> !name.equals(member))
                    .findFirst();
            if (unknown.isPresent()) {
                leave("Additional properties not allowed", path + "." + kind + "." + unknown.get());
                continue;
            }
            var value = factor.path(kind).path(member).asString("");
            var place = path + "." + kind + "." + member;
            switch (kind) {
                case "phone" -> {
                    try {
                        factors.add(new Wanted.Phone(null, new PhoneNumber(value), Channel.USUAL));
                    } catch (InvalidPhoneNumber impossible) {
                        leave("Is not a possible phone number in E.164 form", place);
                    }
                }
                case "totp" -> {
                    if (SEED.matcher(value).matches()) factors.add(new Wanted.App(null, value.replace("=", "")));
                    else leave("Expected a Base32 secret of 16 to 128 characters", place);
                }
                case "recovery_code" -> {
                    var code = new Typed(value).code();
                    if (RECOVERY.matcher(code).matches()) recovery = code;
                    else leave("Expected 12 to 64 letters and digits", place);
                }
                default -> throw new IllegalStateException("A kind without a reader: " + kind);
            }
        }
        return recovery;
    }

    private @Nullable PhoneNumber phone(@Nullable JsonNode value, String path) {
        if (value == null || value.isNull()) return null;
        if (value.isString())
            try {
                return new PhoneNumber(value.stringValue());
            } catch (InvalidPhoneNumber impossible) {
                problem("INVALID_FORMAT", impossible.sentence(NO_NUMBER), path);
                return null;
            }
        problem("INVALID_FORMAT", NO_NUMBER, path);
        return null;
    }

    private @Nullable String text(String name, @Nullable Pattern pattern) {
        return text(name, pattern, UnaryOperator.identity());
    }

    /** By which a user signs in. */
    private @Nullable String name(String name, @Nullable Pattern pattern) {
        return text(name, pattern, text -> new Typed(text).name());
    }

    private @Nullable String text(String name, @Nullable Pattern pattern, UnaryOperator<String> read) {
        var value = row.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isString()) return noText("INVALID_TYPE", "Expected type string", name);
        var text = read.apply(value.stringValue());
        var fits = pattern == null
                ? !text.isBlank() && text.length() <= (name.equals("picture") ? AdminUserData.LONGEST_PICTURE : 300)
                : pattern.matcher(text).matches();
        return fits && isStorable(value) ? text : noText("INVALID_FORMAT", "Object didn't pass validation", name);
    }

    private boolean flag(String name) {
        var value = row.get(name);
        if (value != null && !value.isBoolean()) problem("INVALID_TYPE", "Expected type boolean", name);
        return value != null && value.asBoolean(false);
    }

    private Map<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        for (var name : DETAILS) {
            var text = text(name, null);
            if (text != null) details.put(name, text);
        }
        return details;
    }

    private Map<String, JsonNode> members(String name) {
        var value = row.get(name);
        var members = new LinkedHashMap<String, JsonNode>();
        if (value == null || value.isNull()) return members;
        if (!value.isObject()) problem("INVALID_TYPE", "Expected type object", name);
        else if (!isStorable(value)) problem("INVALID_FORMAT", "Must be well-formed text", name);
        else value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /** PostgreSQL stores neither a NUL nor half a character, escaped or not. */
    private static boolean isStorable(JsonNode value) {
        var text = value.toString();
        return !text.contains("\\u0000")
                && java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private void leave(String message, String path) {
        left.add(new Problem("MFA_FACTORS_FAILED", message, path));
    }

    private void problem(String code, String message, String path) {
        problems.add(new Problem(code, message, path));
    }

    /** For where a text was expected. */
    private @Nullable String noText(String code, String message, String path) {
        problem(code, message, path);
        return null;
    }
}
