package io.ringcode.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.management.RequiredScopes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every operation that an application or an administrator may call. Which there are, what they take and which scope opens
 * them is read from the routes; {@code operations.txt} says in words what each is for, and what its body holds.
 */
@Component
class Operations {
    private static final List<String> PREFIXES =
            List.of("/api/", "/oauth/", "/mfa/", "/.well-known/", "/authorize", "/userinfo");

    /** @param body the members of the body, a star behind those that must be there; empty where it takes none */
    record Described(String summary, List<String> body) {}

    /** @param status of success */
    record Operation(
            String method,
            String path,
            String summary,
            List<String> body,
            List<String> scopes,
            Set<String> takes,
            int status) {
        /** Such as {@code getApiV2UsersId}. */
        String id() {
            var id = new StringBuilder(method.toLowerCase(java.util.Locale.ROOT));
            for (var word : path.split("[^A-Za-z0-9]+", -1))
                if (!word.isEmpty())
                    id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            return id.toString();
        }

        /** What a reader looks for it under. */
        String tag() {
            var words = path.split("/", -1);
            if (!path.startsWith("/api/")) return path.startsWith("/mfa/") ? "MFA API" : "OAuth";
            return words.length < 4 ? "Description" : "Management: " + words[3];
        }
    }

    private final RequestMappingHandlerMapping routes;
    private final Map<String, Described> descriptions = descriptions();

    Operations(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    List<Operation> all() {
        return routes.getHandlerMethods().entrySet().stream()
                .flatMap(route -> route.getKey().getPatternValues().stream()
                        .filter(path -> PREFIXES.stream().anyMatch(path::startsWith))
                        .flatMap(path -> route.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> operation(method.name(), path, route.getValue()))))
                .sorted(Comparator.comparing(Operation::tag).thenComparing(Operation::path))
                .toList();
    }

    /** By method and path. */
    Map<String, Described> described() {
        return descriptions;
    }

    private Operation operation(String method, String path, HandlerMethod handler) {
        var known = descriptions.getOrDefault(method + " " + path, new Described("", List.of()));
        var status = handler.getMethodAnnotation(ResponseStatus.class);
        return new Operation(
                method,
                path,
                known.summary(),
                known.body(),
                RequiredScopes.of(handler),
                Set.copyOf(Arrays.stream(handler.getMethodParameters())
                        .map(parameter -> parameter.getParameterType().getSimpleName())
                        .distinct()
                        .toList()),
                status == null ? 200 : status.code().value());
    }

    private static Map<String, Described> descriptions() {
        try (var file = Objects.requireNonNull(Operations.class.getResourceAsStream("operations.txt"))) {
            var found = new LinkedHashMap<String, Described>();
            for (var line : new String(file.readAllBytes(), UTF_8).lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var parts = line.split("\\s*\\|\\s*", -1);
                var body = parts.length < 3 ? Stream.<String>empty() : Arrays.stream(parts[2].split(" ", -1));
                found.put(parts[0].replaceAll("\\s+", " "), new Described(parts[1], body.toList()));
            }
            return found;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
