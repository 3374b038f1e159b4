package io.ringcode.reference;

import io.ringcode.management.json.Paging;
import io.ringcode.reference.Operations.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes operations as an OpenAPI 3.1 document. */
final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(?::[^}]+)?}");
    private static final String MANAGEMENT = "management";
    private static final String MFA_TOKEN = "mfa_token";

    private OpenApi() {}

    static Map<String, Object> document(List<Operation> operations) {
        var paths = new TreeMap<String, Map<String, Object>>();
        var scopes = new TreeMap<String, String>();
        for (var operation : operations) {
            paths.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>())
                    .put(operation.method().toLowerCase(Locale.ROOT), described(operation));
            operation.scopes().forEach(scope -> scopes.put(scope, "opens what asks for it"));
        }
        return ordered(
                "openapi", "3.1.0",
                "info",
                        Map.of(
                                "title", "Ringcode",
                                "version", "1",
                                "description",
                                        "SMS and voice codes as a second factor: Auth0's MFA API, the OAuth"
                                                + " endpoints that it needs, and the Management API."),
                "servers", List.of(Map.of("url", "/")),
                "tags",
                        operations.stream()
                                .map(Operation::tag)
                                .distinct()
                                .map(tag -> Map.of("name", tag))
                                .toList(),
                "paths", paths,
                "components", Map.of("securitySchemes", security(scopes), "schemas", schemas()));
    }

    private static Map<String, Object> described(Operation operation) {
        var described = ordered(
                "operationId", operation.id(),
                "summary", operation.summary(),
                "tags", List.of(operation.tag()));
        var parameters = parameters(operation);
        if (!parameters.isEmpty()) described.put("parameters", parameters);
        var typed = operation.bodySchema();
        if (typed != null) described.put("requestBody", content(operation, typed));
        else if (!operation.body().isEmpty()) described.put("requestBody", body(operation));
        described.put("responses", responses(operation));
        if (!operation.scopes().isEmpty()) {
            // Any one of the scopes is enough: alternatives, one requirement each.
            described.put(
                    "security",
                    operation.scopes().stream()
                            .map(scope -> Map.of(MANAGEMENT, List.of(scope)))
                            .toList());
        } else if (operation.path().startsWith("/mfa/")) {
            described.put("security", List.of(Map.of(MFA_TOKEN, List.of())));
        }
        return described;
    }

    private static List<Map<String, Object>> parameters(Operation operation) {
        var parameters = new ArrayList<Map<String, Object>>();
        var variables = VARIABLE.matcher(operation.path());
        while (variables.find())
            parameters.add(ordered(
                    "name", variables.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        var schema = query(operation);
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        if (schema.get("properties") instanceof Map<?, ?> query)
            query.forEach((name, type) -> parameters.add(ordered(
                    "name", String.valueOf(name), "in", "query", "required", required.contains(name), "schema", type)));
        return parameters;
    }

    /** The parameters of the query, as the properties of an object. */
    static Map<String, Object> query(Operation operation) {
        var schema = new LinkedHashMap<>(Members.schema(operation.described().query()));
        if (!operation.takes(Paging.class)) return schema;
        var properties = new LinkedHashMap<Object, Object>();
        if (schema.get("properties") instanceof Map<?, ?> own) properties.putAll(own);
        var number = Map.of("type", "integer", "minimum", 0);
        var flag = Map.of("type", "boolean");
        var text = Map.of("type", "string");
        properties.putAll(
                ordered("page", number, "per_page", number, "include_totals", flag, "from", text, "take", number));
        properties.putAll(ordered("fields", text, "include_fields", flag));
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> body(Operation operation) {
        var schema = new LinkedHashMap<>(Members.schema(operation.body()));
        if (operation.path().endsWith("/users-imports")) return content("multipart/form-data", schema);
        return content(operation, schema);
    }

    /** Outside the Management API a form is as good as JSON. */
    private static Map<String, Object> content(Operation operation, Map<String, Object> schema) {
        if (operation.path().startsWith("/api/") || operation.path().startsWith("/me/"))
            return content("application/json", schema);
        var either = Map.of(
                "application/x-www-form-urlencoded", Map.of("schema", schema),
                "application/json", Map.of("schema", schema));
        return ordered("required", true, "content", either);
    }

    private static Map<String, Object> content(String type, Map<String, Object> schema) {
        return ordered("required", true, "content", Map.of(type, Map.of("schema", schema)));
    }

    private static Map<String, Object> responses(Operation operation) {
        var responses = new LinkedHashMap<String, Object>();
        var success = ordered("description", operation.status() == 204 ? "Done" : "The answer");
        if (operation.status() != 204) {
            success.put("content", Map.of("application/json", Map.of("schema", operation.answer())));
        }
        responses.put(Integer.toString(operation.status()), success);
        var management = isManagement(operation);
        errors(operation).forEach((status, meaning) -> responses.put(status, error(meaning, management)));
        return responses;
    }

    private static boolean isManagement(Operation operation) {
        return operation.path().startsWith("/api/v2/");
    }

    /** Whether an application's own code calls it, and no browser on its way. */
    private static boolean isForApplications(Operation operation) {
        return operation.path().equals("/oauth/token")
                || operation.path().startsWith("/me/")
                || (operation.path().startsWith("/mfa/") && !operation.tag().equals("Pages"));
    }

    /** Statuses of refusals, and what they mean. */
    static Map<String, String> errors(Operation operation) {
        var errors = new LinkedHashMap<String, String>();
        if (!operation.body().isEmpty() || operation.bodySchema() != null || isManagement(operation))
            errors.put("400", "What was sent does not fit");
        if (isForApplications(operation)) {
            errors.put("401", "The client, or its token, is not accepted");
            errors.put("403", "What was proved is wrong, expired or not enough");
            errors.put("429", "Too many attempts or messages; Retry-After says how long to wait");
        }
        if (isManagement(operation)) {
            errors.put("401", "No token, or none for this API");
            errors.put("403", "None of the scopes was granted");
            if (operation.path().contains("{")) errors.put("404", "This tenant has none of this id");
            errors.put("429", "Too many calls");
        }
        return errors;
    }

    private static Map<String, Object> error(String description, boolean management) {
        var schema = Map.of("$ref", "#/components/schemas/" + (management ? "ManagementError" : "OAuthError"));
        return ordered("description", description, "content", Map.of("application/json", Map.of("schema", schema)));
    }

    private static Map<String, Object> security(Map<String, String> scopes) {
        return Map.of(
                MANAGEMENT,
                ordered(
                        "type",
                        "oauth2",
                        "flows",
                        Map.of("clientCredentials", ordered("tokenUrl", "/oauth/token", "scopes", scopes))),
                MFA_TOKEN,
                ordered("type", "http", "scheme", "bearer"));
    }

    private static Map<String, Object> schemas() {
        var text = Map.of("type", "string");
        return Map.of(
                "ManagementError",
                ordered(
                        "type", "object",
                        "required", List.of("statusCode", "error", "message"),
                        "properties",
                                ordered(
                                        "statusCode", Map.of("type", "integer"),
                                        "error", text,
                                        "message", text,
                                        "errorCode", text)),
                "OAuthError",
                ordered(
                        "type", "object",
                        "required", List.of("error"),
                        "properties", ordered("error", text, "error_description", text)));
    }

    /** @param pairs a name and its value, by turns */
    private static Map<String, Object> ordered(Object... pairs) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) members.put((String) pairs[i], pairs[i + 1]);
        return members;
    }
}
