package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.management.ManagementEvent;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No page holds a controller of the Management API but behind the rules of scope and rate. */
class GuardedCallsTest {
    private static final String API = ManagementEvent.class.getPackageName();

    @Test
    void pages_call_the_management_api_by_guarded_controllers_alone() throws Exception {
        var unguarded = new ArrayList<String>();
        var guarded = 0;
        var beans = Objects.requireNonNull(Ringcode.shared()
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getApplicationContext());
        for (var name : beans.getBeanDefinitionNames()) {
            var bean = beans.getBean(name);
            if (!bean.getClass().getPackageName().startsWith("io.ringcode.console")) continue;
            for (var field : bean.getClass().getDeclaredFields()) {
                if (!isController(field.getType())) continue;
                field.setAccessible(true);
                if (AopUtils.isCglibProxy(field.get(bean))) guarded++;
                else unguarded.add(field.toString());
            }
        }
        assertThat(unguarded).isEmpty();
        assertThat(guarded).isGreaterThan(30);
    }

    private static boolean isController(Class<?> type) {
        return type.getPackageName().startsWith(API + ".")
                && type.getSimpleName().endsWith("Controller")
                && AnnotatedElementUtils.hasAnnotation(type, Component.class);
    }
}
