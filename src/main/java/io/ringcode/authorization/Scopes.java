package io.ringcode.authorization;

import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of the scopes that were asked for is given. Unknown ones are left out, not refused, as Auth0 does. */
public final class Scopes {
    private static final Set<String> STANDARD =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private Scopes() {}

    /** Of OpenID Connect, and so of no API. */
    static boolean isStandard(String scope) {
        return STANDARD.contains(scope);
    }

    public static Set<String> asked(@Nullable String scope) {
        if (scope == null) return Set.of();
        return Arrays.stream(scope.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    /** @param api the API that the token will be for; null for none */
    public static Set<String> granted(Set<String> asked, @Nullable Api api) {
        var granted = new TreeSet<>(asked);
        granted.removeIf(scope ->
                !STANDARD.contains(scope) && (api == null || !api.scopes().contains(scope)));
        // Who asks for the MFA API alone means all of it.
        if (api != null && api.identifier().equals(Apis.MFA) && granted.stream().noneMatch(api.scopes()::contains))
            granted.addAll(api.scopes());
        return Set.copyOf(granted);
    }
}
