package io.ringcode.authorization;

import io.ringcode.json.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A body that becomes a record once its handler asks for it, which may have to see first whose request it is.
 *
 * @param <T> the record
 */
public final class FieldsOf<T extends JsonBody> {
    private final Fields.Reader bodies;
    private final HttpServletRequest request;
    private final Class<T> type;

    private FieldsOf(Fields.Reader bodies, HttpServletRequest request, Class<T> type) {
        this.bodies = bodies;
        this.request = request;
        this.type = type;
    }

    public T read() throws IOException {
        return in(fields());
    }

    /** All that was sent; to be asked for once. */
    public Fields fields() throws IOException {
        return bodies.read(request);
    }

    public T in(Fields fields) {
        return fields.as(type);
    }

    /** Gives handlers the bodies of their requests. */
    @Component
    static class Resolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {
        private final Fields.Reader bodies;

        Resolver(Fields.Reader bodies) {
            this.bodies = bodies;
        }

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(this);
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == FieldsOf.class;
        }

        @Override
        public FieldsOf<?> resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer model,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            var type = Objects.requireNonNull(
                    ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve());
            var http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
            return new FieldsOf<>(bodies, http, type.asSubclass(JsonBody.class));
        }
    }
}
