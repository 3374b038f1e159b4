package io.ringcode.management;

import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.unsupported.UnsupportedResource;
import io.ringcode.management.unsupported.UnsupportedWrite;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;

/** Which scopes open an endpoint of the Management API; any one of them does. */
public final class RequiredScopes {
    private RequiredScopes() {}

    /** @return empty for endpoints that are not of the Management API */
    public static List<String> of(HandlerMethod endpoint) {
        // For those that are always empty, their table says it.
        if (endpoint.getBean() instanceof UnsupportedResource absent) return List.of(absent.scope());
        if (endpoint.getBean() instanceof UnsupportedWrite write) return List.of(write.scope());
        return of(endpoint.getMethod());
    }

    /** @return empty for a method that is no endpoint */
    public static List<String> of(Method endpoint) {
        var needed = endpoint.getAnnotation(RequiresScope.class);
        return needed == null ? List.of() : List.of(needed.value());
    }

    /** @throws ManagementRefused when the caller holds none of what is needed */
    public static void check(List<String> needed, Set<String> held) {
        if (needed.stream().noneMatch(held::contains)) throw ManagementRefused.scope(String.join(", ", needed));
    }
}
