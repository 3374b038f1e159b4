package io.ringcode.management;

import io.ringcode.management.unsupported.UnsupportedResource;
import io.ringcode.management.unsupported.UnsupportedWrite;
import java.util.List;
import org.springframework.web.method.HandlerMethod;

/** Which scopes open an endpoint of the Management API; any one of them does. */
public final class RequiredScopes {
    private RequiredScopes() {}

    /** @return empty for endpoints that are not of the Management API */
    public static List<String> of(HandlerMethod endpoint) {
        // For those that are always empty, their table says it.
        if (endpoint.getBean() instanceof UnsupportedResource absent) return List.of(absent.scope());
        if (endpoint.getBean() instanceof UnsupportedWrite write) return List.of(write.scope());
        var needed = endpoint.getMethodAnnotation(RequiresScope.class);
        return needed == null ? List.of() : List.of(needed.value());
    }
}
