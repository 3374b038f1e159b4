package io.ringcode.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.RequiredScopes;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The served description and the routes are the same, in both directions and with their scopes. */
class OpenApiTest {
    /** For people or for development, not for programs. */
    private static final String[] NOT_DESCRIBED = {"/error", "/dev/", "/docs", "/console", "/health"};

    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void every_route_is_described_and_everything_described_is_a_route() {
        var routes = new TreeMap<String, TreeSet<String>>();
        Ringcode.shared()
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((route, handler) -> route.getPatternValues().forEach(path -> {
                    if (path.equals("/")) return;
                    for (var hidden : NOT_DESCRIBED) if (path.startsWith(hidden)) return;
                    for (var method : route.getMethodsCondition().getMethods())
                        routes.put(method + " " + path, new TreeSet<>(RequiredScopes.of(handler)));
                }));

        var described = new TreeMap<String, TreeSet<String>>();
        var document = tenant.get("/api/openapi.json", null).body();
        for (var path : document.path("paths").properties())
            for (var operation : path.getValue().properties()) {
                var scopes = new TreeSet<String>();
                operation
                        .getValue()
                        .path("security")
                        .forEach(one -> one.path("management").forEach(scope -> scopes.add(scope.asString())));
                described.put(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), scopes);
            }

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void every_operation_is_told_in_words_and_no_words_are_left_over() {
        var operations = Ringcode.shared().bean(Operations.class);
        var summaries = new HashMap<String, String>();
        for (var operation : operations.all())
            summaries.put(operation.method() + " " + operation.path(), operation.summary());
        assertThat(summaries.entrySet().stream()
                        .filter(one -> one.getValue().isBlank())
                        .map(Map.Entry::getKey)
                        .sorted())
                .as("to be described in operations.txt")
                .isEmpty();
        assertThat(operations.described().keySet()).isSubsetOf(summaries.keySet());
    }

    @Test
    void it_is_valid_OpenAPI_3_1() {
        var options = new ParseOptions();
        options.setResolve(true);
        var result = new OpenAPIV3Parser()
                .readContents(tenant.get("/api/openapi.json", null).body().toString(), null, options);
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getSpecVersion().name()).isEqualTo("V31");
        assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(50);
    }

    @Test
    void bodies_and_answers_are_described_as_their_records_say() {
        var paths = tenant.get("/api/openapi.json", null).body().path("paths");
        var user = paths.path("/api/v2/users").path("post");
        var body = schema(user.path("requestBody"));
        assertThat(body.path("required").toString()).isEqualTo("[\"connection\"]");
        assertThat(body.path("properties").path("email").path("anyOf")).hasSize(2);
        assertThat(body.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema(user.path("responses").path("201")).path("properties").propertyNames())
                .contains("user_id", "identities");

        var challenge = paths.path("/mfa/challenge").path("post").path("requestBody");
        assertThat(schema(challenge).path("properties").propertyNames()).contains("mfa_token", "client_secret");
        assertThat(schema(challenge).path("required").toString()).isEqualTo("[\"mfa_token\"]");
        assertThat(schema(challenge).has("additionalProperties"))
                .as("others are ignored")
                .isFalse();
        assertThat(challenge.path("content").propertyNames()).contains("application/x-www-form-urlencoded");
    }

    @Test
    void the_methods_of_a_path_are_in_the_same_order_in_every_process() {
        var user = tenant.get("/api/openapi.json", null).body().path("paths").path("/api/v2/users/{id}");
        assertThat(user.propertyNames()).containsExactly("get", "patch", "delete");
    }

    @Test
    void bodies_and_answers_are_told_from_their_records() {
        var post = tenant.get("/api/openapi.json", null)
                .body()
                .path("paths")
                .path("/api/v2/clients")
                .path("post");
        var body = post.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(body.path("required").toString()).isEqualTo("[\"name\"]");
        assertThat(body.path("additionalProperties").toString()).isEqualTo("false");
        assertThat(body.path("properties").propertyNames()).contains("name", "grant_types", "refresh_token");
        var answer = post.path("responses")
                .path("201")
                .path("content")
                .path("application/json")
                .path("schema")
                .path("properties");
        assertThat(answer.propertyNames())
                .contains("client_id", "client_secret", "grant_types", "description", "refresh_token")
                .doesNotContain("kept", "properties");
        assertThat(answer.path("sso").toString()).isEqualTo("{\"type\":\"boolean\"}");
    }

    private static JsonNode schema(JsonNode described) {
        return described.path("content").path("application/json").path("schema");
    }
}
