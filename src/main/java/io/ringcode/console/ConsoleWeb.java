package io.ringcode.console;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Registers {@link ConsoleDoor} for every page that needs a session. */
@Configuration(proxyBeanMethods = false)
class ConsoleWeb implements WebMvcConfigurer {
    private final ConsoleDoor door;

    ConsoleWeb(ConsoleDoor door) {
        this.door = door;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(door)
                .addPathPatterns("/console", "/console/**")
                .excludePathPatterns("/console/first", "/console/leave", "/console/assets/**");
    }
}
