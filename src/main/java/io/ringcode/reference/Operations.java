package io.ringcode.reference;

import io.ringcode.json.BodySchema;
import io.ringcode.json.JsonBody;
import io.ringcode.management.RequiredScopes;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every operation that an application or an administrator may call. Which there are, what they take and which scope opens
 * them is read from the routes; {@code operations.txt} says in words what each is for, and what its body holds.
 */
@Component
class Operations {
    private static final List<String> PREFIXES = List.of(
            "/api/",
            "/oauth/",
            "/dbconnections/",
            "/mfa/",
            "/me/",
            "/.well-known/",
            "/authorize",
            "/userinfo",
            "/exports/",
            "/receipts/",
            "/u/",
            "/v2/",
            "/oidc/");

    /**
     * @param body the members of the body, a star behind those that must be there; empty where it takes none
     * @param query parameters of the query, likewise
     * @param answer the members of the answer, {@code []} before them for a list; empty where they are not told
     */
    record Described(String summary, List<String> body, List<String> query, List<String> answer) {
        static final Described NOT = new Described("", List.of(), List.of(), List.of());

        static Described of(List<String> columns) {
            var words = words(columns, 2);
            return new Described(
                    columns.get(1),
                    words.stream().filter(word -> !word.startsWith("?")).toList(),
                    words.stream()
                            .filter(word -> word.startsWith("?"))
                            .map(word -> word.substring(1))
                            .toList(),
                    words(columns, 3));
        }

        private static List<String> words(List<String> columns, int column) {
            return columns.size() <= column || columns.get(column).isBlank()
                    ? List.of()
                    : List.of(columns.get(column).strip().split(" +"));
        }
    }

    /** @param status of success */
    record Operation(String method, String path, Described described, List<String> scopes, Method handler, int status) {
        /** As JSON Schema; null where the handler takes no record. */
        @Nullable
        Map<String, Object> bodySchema() {
            return Arrays.stream(handler.getGenericParameterTypes())
                    .flatMap(Operation::bodies)
                    .findFirst()
                    .map(type -> BodySchema.of(type).describe())
                    .orElse(null);
        }

        /** The record itself, or what becomes one when the handler asks for it. */
        private static Stream<Class<?>> bodies(Type type) {
            if (type instanceof ParameterizedType late) return bodies(late.getActualTypeArguments()[0]);
            return type instanceof Class<?> plain && JsonBody.class.isAssignableFrom(plain)
                    ? Stream.of(plain)
                    : Stream.empty();
        }

        /** As JSON Schema, as the handler's type tells it, or else its line; empty where neither does. */
        Map<String, Object> answer() {
            var typed = AnswerTypes.schema(handler.getGenericReturnType());
            return typed == null ? Members.schema(described.answer()) : typed;
        }

        boolean takes(Class<?> type) {
            return List.of(handler.getParameterTypes()).contains(type);
        }

        String summary() {
            return described.summary();
        }

        List<String> body() {
            return described.body();
        }

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
            if (path.startsWith("/exports/")) return "Management: jobs";
            if (path.startsWith("/receipts/")) return "Receipts";
            if (path.startsWith("/u/") || path.equals("/mfa/enrollment")) return "Pages";
            if (path.startsWith("/me/")) return "My Account API";
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
                .sorted(Comparator.comparing(Operation::tag)
                        .thenComparing(Operation::path)
                        .thenComparing(operation -> RequestMethod.valueOf(operation.method())))
                .toList();
    }

    /** By method and path. */
    Map<String, Described> described() {
        return descriptions;
    }

    private Operation operation(String method, String path, HandlerMethod handler) {
        var known = descriptions.getOrDefault(method + " " + path, Described.NOT);
        var status = handler.getMethodAnnotation(ResponseStatus.class);
        return new Operation(
                method,
                path,
                known,
                RequiredScopes.of(handler),
                handler.getMethod(),
                status == null ? 200 : status.code().value());
    }

    private static Map<String, Described> descriptions() {
        var found = new LinkedHashMap<String, Described>();
        for (var line : Resources.lines("operations.txt")) {
            var parts = line.split("\\s*\\|\\s*", -1);
            found.put(parts[0].replaceAll("\\s+", " "), Described.of(List.of(parts)));
        }
        return found;
    }
}
