package io.ringcode.web;

import io.ringcode.trace.Attribute;
import io.ringcode.trace.Tracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A span for each request to a door of the ceremony, in the trace that its caller has begun. It says the route and not the path, which may
 * hold a token.
 */
class TracedRequests extends HttpFilter {
    private static final int SERVER_ERROR = 500;

    private final transient Tracing tracing;

    TracedRequests(Tracing tracing) {
        this.tracing = tracing;
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {
        /** Around all other filters, so that what they time is in the trace. Without traces it is in no request's way. */
        @Bean
        FilterRegistrationBean<TracedRequests> tracedRequests(Tracing tracing) {
            var registration = new FilterRegistrationBean<>(new TracedRequests(tracing));
            registration.setEnabled(tracing.isOn());
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            registration.addUrlPatterns("/mfa/*", "/me/*", "/oauth/token", "/authorize/*", "/u/*", "/receipts/*");
            return registration;
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var method = RequestTimes.method(request);
        try (var span = tracing.continued(Tracing.Kind.SERVER, method, request.getHeader(Tracing.HEADER))) {
            span.with(Attribute.METHOD, method);
            try {
                chain.doFilter(request, response);
            } finally {
                var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
                if (route != null) span.with(Attribute.ROUTE, route.toString()).rename(method + " " + route);
                span.with(Attribute.STATUS, response.getStatus());
                if (response.getStatus() >= SERVER_ERROR) span.fail();
            }
        }
    }
}
