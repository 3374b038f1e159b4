package io.ringcode.console.api;

import io.ringcode.management.InProcessCaller;
import io.ringcode.management.ManagementCalls.Answer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The Management API as a page calls it: through the same routes, rules and log as everybody, without the network. So a page
 * can do nothing that the API would not let its administrator do.
 */
@Component
public class ApiClient {
    private final ObjectProvider<DispatcherServlet> routes;
    private final ObjectMapper json;

    ApiClient(ObjectProvider<DispatcherServlet> routes, ObjectMapper json) {
        this.routes = routes;
        this.json = json;
    }

    /** @return what it says; a missing node where the administrator may not read it, or there is none */
    public JsonNode read(HttpServletRequest page, HttpServletResponse response, String path) {
        var answer = call(page, response, "GET", path, null);
        return answer.isGood() ? answer.body() : json.missingNode();
    }

    /** @param path below {@code /api/v2}, encoded */
    public Answer call(
            HttpServletRequest page,
            HttpServletResponse response,
            String method,
            String path,
            @Nullable Map<String, ?> body) {
        return send(page, response, method, path, body);
    }

    /** For bodies that are lists. */
    public Answer send(
            HttpServletRequest page, HttpServletResponse response, String method, String path, @Nullable Object body) {
        try {
            var call = new InProcessRequest(
                    page, method, "/api/v2" + path, body == null ? new byte[0] : json.writeValueAsBytes(body));
            InProcessCaller.set(call, Visitor.of(page).caller());
            var answer = new InProcessResponse(response);
            routes.getObject().service(call, answer);
            var bytes = answer.bytes();
            return new Answer(answer.getStatus(), bytes.length == 0 ? json.missingNode() : json.readTree(bytes));
        } catch (IOException | ServletException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
