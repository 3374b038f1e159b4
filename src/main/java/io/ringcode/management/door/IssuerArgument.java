package io.ringcode.management.door;

import io.ringcode.authorization.Issuer;
import io.ringcode.authorization.Issuers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler the {@link Issuer} of its request. */
@Component
class IssuerArgument implements HandlerMethodArgumentResolver {
    private final Issuers issuers;

    IssuerArgument(Issuers issuers) {
        this.issuers = issuers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Issuer.class;
    }

    @Override
    public Issuer resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return issuers.at(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }
}
