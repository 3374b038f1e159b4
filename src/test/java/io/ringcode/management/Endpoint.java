package io.ringcode.management;

import io.ringcode.Ringcode;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One method on one path, as the server has it mapped: what no test can forget. */
public record Endpoint(RequestMethod method, String path, HandlerMethod handler) {
    /** Of the Management API. */
    public static List<Endpoint> ofManagement() {
        return all().stream()
                .filter(endpoint -> endpoint.path().startsWith("/api/v2/"))
                .toList();
    }

    public static List<Endpoint> all() {
        return Ringcode.shared()
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .flatMap(route -> route.getKey().getPatternValues().stream()
                        .flatMap(path -> route.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Endpoint(method, path, route.getValue()))))
                .sorted(Comparator.comparing(Endpoint::toString))
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
