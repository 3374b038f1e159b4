package io.ringcode.management.unsupported;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Maps the path of every {@link UnsupportedResource}. */
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
                    answer());
    }

    private static Method answer() {
        return Arrays.stream(UnsupportedResource.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("get"))
                .findFirst()
                .orElseThrow();
    }
}
