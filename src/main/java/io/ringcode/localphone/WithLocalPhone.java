package io.ringcode.localphone;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.ringcode.server.settings.Settings;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Only where the operator wants the local phone; anywhere else the class is not even loaded into the context. */
@Target(TYPE)
@Retention(RUNTIME)
@Conditional(WithLocalPhone.Wanted.class)
@interface WithLocalPhone {

    /** Without settings there is nobody who wanted it. */
    final class Wanted implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var beans = context.getBeanFactory();
            var settings =
                    beans == null ? null : beans.getBeanProvider(Settings.class).getIfAvailable();
            return settings != null && settings.devPhone();
        }
    }
}
