package io.ringcode.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What Tomcat refuses before any servlet sees it, such as a broken path, is told as JSON too. */
@Component
class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host)
                host.getPipeline().addValve(new JsonReport());
        });
    }

    private static final class JsonReport extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
            var error = response.getStatus() < 500 ? "invalid_request" : "server_error";
            var body = "{\"error\":\"" + error + "\",\"error_description\":\"The request cannot be read.\"}";
            try {
                response.setContentType("application/json");
                response.getOutputStream().write(body.getBytes(UTF_8));
                response.finishResponse();
            } catch (IOException | IllegalStateException gone) {
                // The caller has left, or the answer has begun: there is nobody to tell.
                response.setSuspended(true);
            }
        }
    }
}
