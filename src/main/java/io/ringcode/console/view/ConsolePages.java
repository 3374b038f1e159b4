package io.ringcode.console.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Renders the console's pages, one template each, with security headers. */
@Component
public class ConsolePages {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; img-src 'self'";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    public void write(HttpServletResponse response, int status, View page) throws IOException {
        write(response, status, page, null);
    }

    /** @param pictures scheme, host and port of where a picture on the page comes from; null for this server alone */
    public void write(HttpServletResponse response, int status, View page, @Nullable String pictures)
            throws IOException {
        var document = new StringOutput(16_384);
        templates.render("console/" + page.getClass().getSimpleName() + ".jte", page, document);
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", pictures == null ? POLICY : POLICY + " " + pictures);
        response.getOutputStream().write(document.toString().getBytes(UTF_8));
    }

    /** After a form: a GET, so that it is not sent again. */
    public static void seeOther(HttpServletResponse response, String address) {
        response.setStatus(303);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.LOCATION, address);
    }
}
