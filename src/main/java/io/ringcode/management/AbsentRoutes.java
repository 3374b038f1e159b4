package io.ringcode.management;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts every row of {@link Absent} behind its path. */
@Component
class AbsentRoutes implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping routes;

    AbsentRoutes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (var absent : Absent.ALL)
            routes.registerMapping(
                    RequestMappingInfo.paths("/api/v2/" + absent.path())
                            .methods(RequestMethod.GET)
                            .options(routes.getBuilderConfiguration())
                            .build(),
                    absent,
                    answer());
    }

    private static Method answer() {
        return Arrays.stream(Absent.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("get"))
                .findFirst()
                .orElseThrow();
    }
}
