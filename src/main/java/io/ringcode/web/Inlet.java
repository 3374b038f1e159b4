package io.ringcode.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Bounds what every request may take of this server, in bytes and in time, whichever door it goes to. */
class Inlet extends HttpFilter {
    @Configuration(proxyBeanMethods = false)
    static class Registration {
        /** For errors too: the container hands its own request on to them. */
        @Bean
        FilterRegistrationBean<Inlet> inlet() {
            var registration = new FilterRegistrationBean<>(new Inlet());
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
            registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
            return registration;
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new BoundedRequest(request), new PacedResponse(request, response));
    }

    private static final class PacedResponse extends HttpServletResponseWrapper {
        private final HttpServletRequest request;
        private @Nullable ServletOutputStream answer;

        PacedResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        /**
         * Spring asks for it after each body. Left to the end of the request, headers and body go out as one write, with a
         * length instead of chunks; only events must not wait.
         */
        @Override
        public void flushBuffer() throws IOException {
            if (request.isAsyncStarted()) super.flushBuffer();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (answer == null) answer = new PacedOutput(super.getOutputStream());
            return answer;
        }
    }
}
