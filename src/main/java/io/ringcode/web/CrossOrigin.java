package io.ringcode.web;

import io.ringcode.client.Clients;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/** Pages may call the OAuth, MFA and My Account endpoints from the origins that an application of the tenant has registered. */
@Configuration(proxyBeanMethods = false)
class CrossOrigin {
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(Tenants tenants, Clients clients) {
        var filter = new CorsFilter(request -> {
            var path = request.getRequestURI();
            if (path.startsWith("/.well-known/")) return anyone();
            if (!path.startsWith("/oauth/")
                    && !path.startsWith("/mfa/")
                    && !path.startsWith("/me/")
                    && !path.startsWith("/dbconnections/")
                    && !path.equals("/userinfo")) return null;
            var origin = request.getHeader(HttpHeaders.ORIGIN);
            if (origin == null || isSameOrigin(request)) return null;
            var tenant = tenants.ofHost(request.getServerName());
            return registered(clients.allowsOrigin(tenant, origin) ? List.of(origin) : List.of());
        });
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    /** By the browser's own word, also where it keeps the origin to itself; no page can make it say so. */
    private static boolean isSameOrigin(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    private static CorsConfiguration anyone() {
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(List.of(CorsConfiguration.ALL));
        rules.setAllowedMethods(List.of("GET"));
        return rules;
    }

    private static CorsConfiguration registered(List<String> origins) {
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "POST", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of(
                "Authorization", "Content-Type", "Auth0-Client", "DPoP", "Accept-Language", "X-Request-Language"));
        rules.setExposedHeaders(List.of(
                HttpHeaders.RETRY_AFTER,
                // SDKs go on from where it leads.
                HttpHeaders.LOCATION,
                HttpHeaders.WWW_AUTHENTICATE,
                "x-ratelimit-limit",
                "x-ratelimit-remaining",
                "x-ratelimit-reset"));
        rules.setAllowCredentials(true);
        rules.setMaxAge(Duration.ofHours(1));
        return rules;
    }
}
