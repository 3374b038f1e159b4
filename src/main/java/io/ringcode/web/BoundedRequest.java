package io.ringcode.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A request that reads its own form, as the bytes arrive and no more of them than {@link FormLimit} allows. Tomcat would set
 * aside what {@code Content-Length} announces, for whoever asks. A content type that names none counts as none.
 */
final class BoundedRequest extends HttpServletRequestWrapper {
    private @Nullable ServletInputStream body;
    private @Nullable Map<String, String[]> parameters;

    BoundedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) body = new PacedInput(super.getInputStream());
        return body;
    }

    @Override
    public @Nullable String getContentType() {
        var type = super.getContentType();
        return type == null || parsed(type) == null ? null : type;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)) return getContentType();
        var value = super.getHeader(name);
        return value != null && acceptsNothing(name, value) ? null : value;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)) {
            var type = getContentType();
            return Collections.enumeration(type == null ? List.of() : List.of(type));
        }
        var values = Collections.list(super.getHeaders(name));
        values.removeIf(value -> acceptsNothing(name, value));
        return Collections.enumeration(values);
    }

    /** An Accept that names no type is as good as none; the metrics would look for their best among nothing. */
    private static boolean acceptsNothing(String name, String value) {
        return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                && value.replace(",", "").isBlank();
    }

    /** For the frameworks alone, which would fail on a long list; our own doors read the header by themselves. */
    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(List.of(Locale.ROOT));
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        var values = all().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(all().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(all());
    }

    /** @throws InvalidParameterException with the status to answer, when they cannot be read */
    private Map<String, String[]> all() {
        if (parameters == null) {
            var found = new Parameters();
            if (getQueryString() != null) found.add(getQueryString());
            if (body == null && isForm()) found.add(form());
            parameters = found.all();
        }
        return parameters;
    }

    private boolean isForm() {
        var type = super.getContentType();
        var media = type == null ? null : parsed(type);
        return "POST".equals(getMethod())
                && media != null
                && MediaType.APPLICATION_FORM_URLENCODED.equalsTypeAndSubtype(media);
    }

    private byte[] form() {
        var most = FormLimit.of(this);
        if (getContentLengthLong() > most) throw tooLarge();
        try {
            var form = getInputStream().readNBytes(most + 1);
            if (form.length > most) throw tooLarge();
            return form;
        } catch (ConnectionTooSlow slow) {
            throw new InvalidParameterException(slow, slow.getStatusCode().value());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InvalidParameterException tooLarge() {
        return new InvalidParameterException("The form is too large", HttpStatus.CONTENT_TOO_LARGE.value());
    }

    private static @Nullable MediaType parsed(String type) {
        try {
            var media = MediaType.parseMediaType(type);
            return media.isConcrete() ? media : null;
        } catch (InvalidMediaTypeException unreadable) {
            return null;
        }
    }
}
