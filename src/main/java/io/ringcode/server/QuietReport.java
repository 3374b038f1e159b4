package io.ringcode.server;

import io.ringcode.server.settings.StartRefused;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring Boot from printing a stack trace for what {@code main} says in a line. Named in spring.factories. */
final class QuietReport implements SpringBootExceptionReporter {
    QuietReport(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return failure instanceof StartRefused;
    }
}
