package io.ringcode.management.log;

import io.ringcode.client.Caller;
import io.ringcode.log.stream.LogStream;
import io.ringcode.log.stream.LogStream.Status;
import io.ringcode.log.stream.LogStreams;
import io.ringcode.log.stream.LogStreams.Settings;
import io.ringcode.log.stream.Sink;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.log.LogStreamBodies.Created;
import io.ringcode.management.log.LogStreamBodies.Health;
import io.ringcode.management.log.LogStreamBodies.Hidden;
import io.ringcode.management.log.LogStreamBodies.Shown;
import io.ringcode.management.log.LogStreamBodies.Updated;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Log streams: where a tenant's log is carried to. */
@RestController
@RequestMapping("/api/v2/log-streams")
public class LogStreamsController {
    private final LogStreams streams;
    private final Changes changes;

    LogStreamsController(LogStreams streams, Changes changes) {
        this.streams = streams;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:log_streams")
    public List<Shown> list(Caller caller) {
        return streams.all(caller.tenant()).stream().map(Shown::of).toList();
    }

    @GetMapping("/{id}")
    @RequiresScope("read:log_streams")
    public Shown read(@PathVariable String id, Caller caller) {
        return Shown.of(streams.find(caller.tenant(), id).orElseThrow(LogStreamsController::missing));
    }

    /** How far it has come, and what went wrong lately. Ringcode's own. */
    @GetMapping("/{id}/health")
    @RequiresScope("read:log_streams")
    public Health health(@PathVariable String id, Caller caller) {
        return Health.of(streams.find(caller.tenant(), id).orElseThrow(LogStreamsController::missing));
    }

    @PostMapping
    @RequiresScope("create:log_streams")
    public Shown create(Caller caller, Created body) {
        var settings = new Settings(
                body.name() == null ? body.type() : body.name(),
                body.sink().sink(body.type(), streams::signingSecret),
                LogStreamBodies.categories(body.filters()),
                body.piiConfig() == null ? null : body.piiConfig().data(),
                Boolean.TRUE.equals(body.priority()));
        var start = body.start();
        return changes.make(caller, "Create a log stream", body.type(), body, () -> {
            if (streams.all(caller.tenant()).size() >= LogStreams.MOST)
                throw ManagementRefused.conflict(null, "A tenant has " + LogStreams.MOST + " log streams at most");
            return Shown.of(streams.create(caller.tenant(), settings, start));
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:log_streams")
    public Shown update(@PathVariable String id, Caller caller, Updated body) {
        return changes.make(caller, "Update a log stream", id, body, () -> {
            var before = streams.lock(caller.tenant(), id).orElseThrow(LogStreamsController::missing);
            var status = body.status() == null
                    ? before.status()
                    : Status.valueOf(body.status().toUpperCase(Locale.ROOT));
            return Shown.of(streams.update(before, changed(before, body), status));
        });
    }

    /** What hides people's data is taken away by a change that does not name it, as Auth0 does. */
    private Settings changed(LogStream before, Updated body) {
        return new Settings(
                body.name() == null ? before.name() : body.name(),
                body.sink() == null
                        ? before.sink()
                        : body.sink().sink(before.sink().type(), secretOf(before)),
                body.filters() == null ? before.filters() : LogStreamBodies.categories(body.filters()),
                body.piiConfig().given().map(Hidden::data).orElse(null),
                body.priority() == null ? before.priority() : body.priority());
    }

    private Supplier<String> secretOf(LogStream before) {
        return before.sink() instanceof Sink.Http http ? http::signingSecret : streams::signingSecret;
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:log_streams")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        changes.make(caller, "Delete a log stream", id, () -> streams.delete(caller.tenant(), id));
    }

    private static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_log_stream", "The log stream does not exist.");
    }
}
