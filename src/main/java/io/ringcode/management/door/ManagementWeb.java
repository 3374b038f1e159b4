package io.ringcode.management.door;

import io.ringcode.management.json.BodyReader;
import io.ringcode.management.json.Paging;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the door before every endpoint under /api/v2, and what handlers take as arguments behind it. */
@Configuration(proxyBeanMethods = false)
class ManagementWeb implements WebMvcConfigurer {
    private final ManagementDoor door;
    private final BodyReader bodies;
    private final IssuerArgument issuer;

    ManagementWeb(ManagementDoor door, BodyReader bodies, IssuerArgument issuer) {
        this.door = door;
        this.bodies = bodies;
        this.issuer = issuer;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(door).addPathPatterns("/api/v2/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(door);
        resolvers.add(bodies);
        resolvers.add(issuer);
        resolvers.add(new Paging.Resolver());
    }
}
