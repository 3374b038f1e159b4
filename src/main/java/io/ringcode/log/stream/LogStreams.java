package io.ringcode.log.stream;

import io.ringcode.log.stream.LogStream.Status;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The log streams of each tenant. */
@Component
public class LogStreams {
    public static final int MOST = 10;
    private static final int ID_DIGITS = 16;
    /** Letters and digits are base64, of 24 bytes here. */
    private static final int SIGNING_LETTERS = 32;

    private final LogStreamTable table;
    private final LogReader reader;
    private final RandomText random;
    private final Clock clock;

    LogStreams(LogStreamTable table, LogReader reader, RandomText random, Clock clock) {
        this.table = table;
        this.reader = reader;
        this.random = random;
        this.clock = clock;
    }

    /** What is set of a stream. */
    public record Settings(
            String name,
            Sink sink,
            Set<EventCategory> filters,
            @Nullable PersonalData hidden,
            boolean priority) {}

    public List<LogStream> all(TenantId tenant) {
        return table.of(tenant);
    }

    public Optional<LogStream> find(TenantId tenant, String id) {
        return table.find(tenant, id);
    }

    /** Until the transaction ends, nobody else changes it. */
    public Optional<LogStream> lock(TenantId tenant, String id) {
        return table.lock(tenant, id);
    }

    /** @param startFrom to carry what was written since then; null for what is written from now on */
    public LogStream create(TenantId tenant, Settings settings, @Nullable Instant startFrom) {
        var stream = new LogStream(
                tenant,
                "lst_" + random.digits(ID_DIGITS),
                settings.name(),
                settings.sink(),
                Status.ACTIVE,
                settings.priority(),
                settings.filters(),
                settings.hidden(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                null,
                List.of());
        table.insert(stream, startFrom == null ? reader.now() : reader.since(tenant, startFrom), startFrom);
        return stream;
    }

    /** Within the transaction that has locked it. */
    public LogStream update(LogStream before, Settings settings, Status status) {
        var stream = new LogStream(
                before.tenant(),
                before.id(),
                settings.name(),
                settings.sink(),
                status,
                settings.priority(),
                settings.filters(),
                settings.hidden(),
                before.createdAt(),
                before.sentUntil(),
                before.failingSince(),
                before.failures());
        table.update(stream);
        return stream;
    }

    public boolean delete(TenantId tenant, String id) {
        return table.delete(tenant, id);
    }

    /** A secret to sign with, as the Standard Webhooks specification has it. */
    public String signingSecret() {
        return "whsec_" + random.mixed(SIGNING_LETTERS);
    }
}
