package io.ringcode.server;

import io.ringcode.server.settings.StartRefused;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring Boot from printing a stack trace for what {@code main} says in a line. Named in spring.factories. */
final class QuietReport implements SpringBootExceptionReporter {
    QuietReport(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        // What makes a bean impossible is wrapped once for each bean that needs it.
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof StartRefused) return true;
        return false;
    }
}
