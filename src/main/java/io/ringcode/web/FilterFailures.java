package io.ringcode.web;

import io.ringcode.database.DatabaseTrouble;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers a database that fails in a filter, before any controller, as {@link Fallback} answers for controllers. */
class FilterFailures extends HttpFilter {
    private final transient HandlerExceptionResolver answers;

    FilterFailures(HandlerExceptionResolver answers) {
        this.answers = answers;
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {
        @Bean
        FilterRegistrationBean<FilterFailures> filterFailures(
                @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
            var registration = new FilterRegistrationBean<>(new FilterFailures(answers));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
            return registration;
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException failure) {
            if (response.isCommitted()
                    || !DatabaseTrouble.isMeantBy(failure)
                    || answers.resolveException(request, response, null, failure) == null) throw failure;
        }
    }
}
