package io.ringcode.localphone;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.ringcode.server.settings.Settings;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A controller with routes only where the operator wants the local phone; anywhere else its paths are unknown ones. */
@Target(TYPE)
@Retention(RUNTIME)
@interface WithLocalPhone {

    /** Judged when routes are made, at each start: which beans there are is decided by the build. */
    @Component
    class Routes implements WebMvcRegistrations {
        private final boolean wanted;

        Routes(Settings settings) {
            this.wanted = settings.devPhone();
        }

        @Override
        public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
            return new RequestMappingHandlerMapping() {
                @Override
                protected boolean isHandler(Class<?> type) {
                    return super.isHandler(type) && (wanted || !type.isAnnotationPresent(WithLocalPhone.class));
                }
            };
        }
    }
}
