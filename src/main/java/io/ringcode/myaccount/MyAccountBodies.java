package io.ringcode.myaccount;

import io.ringcode.json.BodySchema;
import io.ringcode.json.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Gives handlers the bodies of their requests: JSON alone, of up to 16 KiB. */
@Component
class MyAccountBodies implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    private static final int LARGEST = 16 * 1024;

    /**
     * A body that is read once its handler has seen whose request it is.
     *
     * @param <T> the record
     */
    interface Late<T extends JsonBody> {
        T read() throws IOException;
    }

    private final ObjectMapper json;

    MyAccountBodies(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Late.class;
    }

    @Override
    public Late<?> resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var type = Objects.requireNonNull(ResolvableType.forMethodParameter(parameter)
                        .getGeneric(0)
                        .resolve())
                .asSubclass(JsonBody.class);
        var http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return () -> read(http, type);
    }

    private <T extends JsonBody> T read(HttpServletRequest request, Class<T> type) throws IOException {
        var sent = request.getContentType();
        if (sent == null || !sent.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE))
            throw new MyAccountRefused(MyAccountError.CONTENT_TYPE, "Send the body as application/json.");
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST)
            throw new MyAccountRefused(MyAccountError.TOO_LARGE, "The body is larger than 16 KiB.");
        try {
            return BodySchema.of(type).read(json.readTree(body));
        } catch (JacksonException unreadable) {
            throw new MyAccountRefused(MyAccountError.BAD_REQUEST, "The body is not JSON.");
        }
    }
}
