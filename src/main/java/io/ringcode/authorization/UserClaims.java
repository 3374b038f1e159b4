package io.ringcode.authorization;

import io.ringcode.user.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an application may learn of a user, by the scopes it has (OpenID Connect Core section 5.4). */
final class UserClaims {
    private UserClaims() {}

    static Map<String, Object> of(User user, Set<String> scopes) {
        var claims = new LinkedHashMap<String, Object>();
        var email = user.email();
        if (scopes.contains("profile")) {
            var name = user.name() != null ? user.name() : email != null ? email : user.username();
            if (name != null) claims.put("name", name);
            if (email != null) claims.put("nickname", email.substring(0, Math.max(email.indexOf('@'), 0)));
            claims.putAll(user.details());
            if (user.username() != null) claims.put("preferred_username", user.username());
        }
        if (scopes.contains("email") && email != null) {
            claims.put("email", email);
            claims.put("email_verified", user.emailVerified());
        }
        return claims;
    }
}
