package io.ringcode.management.user;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.job.Job;
import io.ringcode.job.Jobs;
import io.ringcode.job.UnreadableUpload;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.client.ConnectionsController;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Imports and exports of users, which go on after the call that begins them. */
@RestController
@RequestMapping("/api/v2/jobs")
class JobsController {
    private final Jobs jobs;
    private final ExportLinks links;
    private final Connections connections;
    private final Issuers issuers;
    private final Changes changes;
    private final Clock clock;

    JobsController(
            Jobs jobs, ExportLinks links, Connections connections, Issuers issuers, Changes changes, Clock clock) {
        this.jobs = jobs;
        this.links = links;
        this.connections = connections;
        this.issuers = issuers;
        this.changes = changes;
        this.clock = clock;
    }

    /** A multipart form with the file {@code users}; no e-mail is sent when it is done, whatever is asked for. */
    @PostMapping("/users-imports")
    @RequiresScope("create:users")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> importUsers(Caller caller, HttpServletRequest request) throws IOException {
        var tenant = caller.tenant();
        var upload = jobs.upload(tenant);
        var begun = false;
        try {
            var form = ImportForm.read(request, upload);
            var connection = connection(caller, form.connectionId());
            var options = Job.Options.ofImport(form.upsert(), form.externalId());
            var job = changes.make(
                    caller,
                    "Import users",
                    connection.id(),
                    () -> jobs.begin(tenant, upload, connection.name(), options));
            begun = true;
            jobs.wake();
            return shown(job, connection, null);
        } catch (UnreadableUpload unreadable) {
            throw ManagementRefused.body("users", String.valueOf(unreadable.getMessage()));
        } finally {
            if (!begun) jobs.forget(tenant, upload);
        }
    }

    @PostMapping("/users-exports")
    @RequiresScope("read:users")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> exportUsers(Caller caller, Body body) {
        body.only("connection_id", "format", "limit", "fields");
        var connection = body.has("connection_id") ? connection(caller, body.text("connection_id")) : null;
        var options = new Job.Options(
                false,
                null,
                body.has("format") ? body.choice("format", Set.of("json", "csv")) : "json",
                body.has("fields") ? fields(body) : List.of(),
                body.has("limit") ? body.number("limit", 1, Integer.MAX_VALUE) : null);
        var name = connection == null ? null : connection.name();
        var job = changes.make(
                caller,
                "Export users",
                name == null ? "all" : name,
                body,
                () -> jobs.export(caller.tenant(), name, options));
        jobs.wake();
        return shown(job, connection, null);
    }

    @GetMapping("/{id}")
    @RequiresScope({"create:users", "read:users"})
    Map<String, Object> read(@PathVariable String id, Caller caller, HttpServletRequest request) {
        var job = require(caller, id);
        var connection = job.connection() == null
                ? null
                : connections.named(caller.tenant(), job.connection()).orElse(null);
        var exported = job.type() == Job.Type.USERS_EXPORT && job.status() == Job.Status.COMPLETED;
        return shown(job, connection, exported ? links.of(job, issuers.of(request)) : null);
    }

    /** 204 where there are none. */
    @GetMapping("/{id}/errors")
    @RequiresScope({"create:users", "read:users"})
    ResponseEntity<Object> errors(@PathVariable String id, Caller caller) {
        var errors = jobs.errors(require(caller, id));
        return errors.isEmpty() ? ResponseEntity.noContent().build() : ResponseEntity.ok(errors);
    }

    private static List<Job.Field> fields(Body body) {
        var fields = new ArrayList<Job.Field>();
        for (var field : body.objects("fields", 100)) {
            var name = field.only("name", "export_as").text("name", 1, 200);
            var as = field.optionalText("export_as", 1, 200);
            fields.add(new Job.Field(name, as == null ? name : as));
        }
        return fields;
    }

    private Connection connection(Caller caller, String id) {
        return connections.find(caller.tenant(), id).orElseThrow(ConnectionsController::missing);
    }

    private Job require(Caller caller, String id) {
        return jobs.find(caller.tenant(), id)
                .orElseThrow(() -> ManagementRefused.missing("inexistent_job", "The job does not exist"));
    }

    private Map<String, Object> shown(Job job, @Nullable Connection connection, @Nullable String location) {
        var options = job.options();
        var shown = new ResponseObject()
                .put("id", job.id())
                .put("type", job.type().wire())
                .put("status", job.status().wire())
                .put("created_at", job.createdAt())
                .put("connection_id", connection == null ? null : connection.id())
                .put("connection", job.connection())
                .put("external_id", options.externalId())
                .put("location", location);
        if (job.type() == Job.Type.USERS_EXPORT)
            return shown.put("format", options.format())
                    .put("limit", options.limit())
                    .put(
                            "fields",
                            options.fields().isEmpty()
                                    ? null
                                    : options.fields().stream()
                                            .map(field -> Map.of("name", field.name(), "export_as", field.as()))
                                            .toList())
                    .members();
        shown.put("upsert", options.upsert()).put("percentage_done", percentage(job));
        if (job.status() == Job.Status.PROCESSING) shown.put("time_left_seconds", secondsLeft(job));
        if (job.ended())
            shown.put(
                    "summary",
                    Map.of(
                            "total", job.total(),
                            "inserted", job.inserted(),
                            "updated", job.updated(),
                            "failed", job.failed()));
        return shown.members();
    }

    private static int percentage(Job job) {
        if (job.ended() || job.total() == 0) return job.ended() ? 100 : 0;
        return (int) (100L * job.done() / job.total());
    }

    /** As fast as until now; nothing can be said before the first part. */
    private @Nullable Long secondsLeft(Job job) {
        var started = job.startedAt();
        if (started == null || job.done() == 0) return null;
        var spent = Duration.between(started, clock.instant()).toMillis();
        return spent * (job.total() - job.done()) / job.done() / 1000;
    }
}
