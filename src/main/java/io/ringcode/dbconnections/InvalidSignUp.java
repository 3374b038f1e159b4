package io.ringcode.dbconnections;

import io.ringcode.user.PasswordLength;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A refusal to sign somebody up, in Auth0's words: SDKs compare its name and code. */
final class InvalidSignUp extends RuntimeException {
    private final int status;
    private final transient Map<String, Object> body;

    private InvalidSignUp(int status, Map<String, Object> body) {
        super(String.valueOf(body.get("code")), null, false, false);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        return body;
    }

    /** Also where there is such a user already. */
    static InvalidSignUp invalid() {
        return of("BadRequestError", "invalid_signup", "Invalid sign up");
    }

    static InvalidSignUp common() {
        return of("PasswordDictionaryError", "password_dictionary_error", "Password is too common");
    }

    static InvalidSignUp userData() {
        return of("PasswordNoUserInfoError", "password_no_user_info_error", "Password contains user information");
    }

    /** Too short, or too long to be one that somebody types. */
    static InvalidSignUp weak() {
        var rule = Map.of(
                "code",
                "lengthAtLeast",
                "message",
                "At least %d characters in length",
                "format",
                List.of(PasswordLength.SHORTEST),
                "verified",
                false);
        var body = new LinkedHashMap<String, Object>();
        body.put("name", "PasswordStrengthError");
        body.put("message", "Password is too weak");
        body.put("code", "invalid_password");
        body.put("description", Map.of("rules", List.of(rule), "verified", false));
        body.put("policy", "* At least " + PasswordLength.SHORTEST + " characters in length");
        body.put("statusCode", 400);
        return new InvalidSignUp(400, body);
    }

    private static InvalidSignUp of(String name, String code, String description) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", name);
        body.put("code", code);
        body.put("description", description);
        body.put("statusCode", 400);
        return new InvalidSignUp(400, body);
    }
}
