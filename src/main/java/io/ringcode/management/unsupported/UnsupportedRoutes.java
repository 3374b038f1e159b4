package io.ringcode.management.unsupported;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Maps the path of every {@link UnsupportedResource} and {@link UnsupportedWrite}. */
@Component
class UnsupportedRoutes implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping routes;

    UnsupportedRoutes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (var absent : UnsupportedResource.ALL)
            routes.registerMapping(
                    RequestMappingInfo.paths("/api/v2/" + absent.path())
                            .methods(RequestMethod.GET)
                            .options(routes.getBuilderConfiguration())
                            .build(),
                    absent,
                    method(UnsupportedResource.class, "get"));
        for (var write : UnsupportedWrite.ALL)
            routes.registerMapping(
                    RequestMappingInfo.paths("/api/v2/" + write.path())
                            .methods(write.method())
                            .options(routes.getBuilderConfiguration())
                            .build(),
                    write,
                    method(UnsupportedWrite.class, "answer"));
    }

    private static Method method(Class<?> table, String name) {
        return Arrays.stream(table.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
    }
}
