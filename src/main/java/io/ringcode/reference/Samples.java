package io.ringcode.reference;

import io.ringcode.reference.Operations.Operation;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An operation's request as a command and as programs, and its answer: made from its route and its schemas. */
final class Samples {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(?::[^}]+)?}");

    private final Operation operation;

    Samples(Operation operation) {
        this.operation = operation;
    }

    /** The body as JSON; empty where the operation takes none. */
    String body() {
        var schema = schema();
        return schema.isEmpty() ? "" : json(Examples.ofBody(schema));
    }

    /** The answer as JSON; empty where there is none, or none of a known form. */
    String answer() {
        if (operation.status() == 204) return "";
        var schema = operation.answer();
        return schema.isEmpty() ? "" : json(Examples.ofAnswer(schema));
    }

    private Map<String, Object> schema() {
        var typed = operation.bodySchema();
        if (typed != null) return typed;
        return operation.body().isEmpty() ? Map.of() : Members.schema(operation.body());
    }

    private static String json(@Nullable Object value) {
        return JSON.writeValueAsString(value).replace("\r\n", "\n").replace("\" : ", "\": ");
    }

    /** With what must be in the query, and shell variables where ids stand. */
    private String address() {
        var path = VARIABLE.matcher(operation.path()).replaceAll(found -> "\\$" + variable(found.group(1)));
        var query = new ArrayList<String>();
        for (var member : Members.of(operation.described().query()))
            if (member.required()) query.add(member.name() + "=" + Examples.ofText(member.name()));
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private boolean needsToken() {
        return !operation.scopes().isEmpty()
                || operation.path().startsWith("/mfa/")
                || operation.path().startsWith("/me/")
                || operation.path().equals("/userinfo");
    }

    String curl() {
        var lines = new ArrayList<String>();
        var method = operation.method();
        lines.add("curl -s " + (method.equals("GET") ? "" : "-X " + method + " ") + "\"$URL" + address() + "\"");
        if (needsToken()) lines.add("-H \"Authorization: Bearer $TOKEN\"");
        if (!body().isEmpty()) {
            lines.add("-H 'Content-Type: application/json'");
            lines.add("-d '" + body().replace("'", "'\\''") + "'");
        }
        return String.join(" \\\n  ", lines);
    }

    /** By Auth0's SDK for Node; empty where that has no such call. */
    String node() {
        var call = SdkCalls.of(operation.method(), operation.path());
        if (call == null) return "";
        var arguments = new ArrayList<String>();
        VARIABLE.matcher(operation.path())
                .results()
                .forEach(found -> arguments.add("process.env." + variable(found.group(1))));
        if (call.takesBody() && !body().isEmpty()) arguments.add(body());
        return """
                import { ManagementClient } from "auth0";

                const client = new ManagementClient({ domain, clientId, clientSecret });
                const answer = await client.%s(%s);""".formatted(call.name(), String.join(", ", arguments));
    }

    /** By the JDK's own client. */
    String java() {
        var lines = new ArrayList<String>();
        lines.add("var request = HttpRequest.newBuilder(URI.create(url + \"" + javaAddress() + "\"))");
        if (needsToken()) lines.add(".header(\"Authorization\", \"Bearer \" + token)");
        if (!body().isEmpty()) lines.add(".header(\"Content-Type\", \"application/json\")");
        lines.add(javaMethod());
        lines.add(".build();");
        return String.join("\n        ", lines)
                + "\nvar answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());";
    }

    private String javaAddress() {
        return address().replaceAll("\\$([A-Z_]+)", "\" + $1 + \"");
    }

    private String javaMethod() {
        if (!body().isEmpty())
            return ".method(\"" + operation.method() + "\", BodyPublishers.ofString(\"\"\"\n"
                    + body().indent(16).stripTrailing() + "\"\"\"))";
        return switch (operation.method()) {
            case "GET" -> ".GET()";
            case "DELETE" -> ".DELETE()";
            case String other -> ".method(\"" + other + "\", BodyPublishers.noBody())";
        };
    }
}
