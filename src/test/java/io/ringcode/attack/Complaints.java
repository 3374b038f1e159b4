package io.ringcode.attack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What an operator would find in the log and be troubled by, since this was made: errors and stack traces. */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    Complaints() {
        setContext(ROOT.getLoggerContext());
        start();
        ROOT.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.ERROR) && event.getThrowableProxy() == null) return;
        var trace = event.getThrowableProxy();
        heard.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                + (trace == null ? "" : " " + trace.getClassName() + ": " + trace.getMessage()));
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        stop();
    }
}
