package io.ringcode.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ringcode.delivery.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** However fast a scanner asks, the log grows by a line a minute, and no request is forgotten in the sum. */
class StraysTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(Strays.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final TestClock clock = new TestClock();
    private final Strays strays = new Strays(clock);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void a_scanner_fills_a_line_a_minute() {
        for (int i = 0; i < 1000; i++) strays.note();
        assertThat(lines.list).hasSize(1);
        clock.advance(Duration.ofSeconds(59));
        strays.note();
        assertThat(lines.list).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        strays.note();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(": 1"),
                        second -> assertThat(second).endsWith(": 1001"));
    }
}
