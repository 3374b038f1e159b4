package io.ringcode.management.json;

import io.ringcode.json.BodySchema;
import io.ringcode.json.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Resolves a handler's {@link JsonBody}: JSON of up to 256 KiB, which holds code of 100 kB as JSON escapes it. */
@Component
public class BodyReader implements HandlerMethodArgumentResolver {
    private static final int LARGEST = 256 * 1024;

    private final ObjectMapper json;

    BodyReader(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return JsonBody.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        var http = request.getNativeRequest(HttpServletRequest.class);
        if (http == null) throw new IllegalStateException("Only HTTP requests have bodies");
        return BodySchema.of(parameter.getParameterType()).read(read(http));
    }

    private JsonNode read(HttpServletRequest request) throws IOException {
        var type = request.getContentType();
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE))
            throw ManagementRefused.contentType();
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) throw ManagementRefused.tooLarge();
        try {
            return json.readTree(body);
        } catch (JacksonException unreadable) {
            throw ManagementRefused.body("The body is not JSON");
        }
    }
}
