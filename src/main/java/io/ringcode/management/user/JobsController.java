package io.ringcode.management.user;

import io.ringcode.authorization.Issuer;
import io.ringcode.client.Caller;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.job.Job;
import io.ringcode.job.Jobs;
import io.ringcode.job.UnreadableUpload;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.client.ConnectionsController;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Imports and exports of users, which go on after the call that begins them. */
@RestController
@RequestMapping("/api/v2/jobs")
class JobsController {
    private final Jobs jobs;
    private final ExportLinks links;
    private final Connections connections;
    private final Changes changes;
    private final Clock clock;

    JobsController(Jobs jobs, ExportLinks links, Connections connections, Changes changes, Clock clock) {
        this.jobs = jobs;
        this.links = links;
        this.connections = connections;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param connectionId whose users; null for all */
    record ExportRequest(
            @Nullable String connectionId,
            @Nullable @OneOf({"json", "csv"}) String format,

            @Nullable @Range(min = 1, max = Integer.MAX_VALUE)
            Integer limit,

            @Nullable @Items(max = 100) List<Column> fields)
            implements JsonBody {
        private Job.Options options() {
            return new Job.Options(
                    false,
                    null,
                    format == null ? "json" : format,
                    fields == null
                            ? List.of()
                            : fields.stream().map(Column::field).toList(),
                    limit);
        }
    }

    /** @param exportAs its name in the file; null for the same */
    record Column(
            @Length(min = 1, max = 200) String name,

            @Nullable @NullAllowed @Length(min = 1, max = 200)
            String exportAs) {
        private Job.Field field() {
            return new Job.Field(name, exportAs == null ? name : exportAs);
        }
    }

    /** A multipart form with the file {@code users}; no e-mail is sent when it is done, whatever is asked for. */
    @PostMapping("/users-imports")
    @RequiresScope("create:users")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobAnswer importUsers(Caller caller, HttpServletRequest request) throws IOException {
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
            return JobAnswer.of(job, connection, null, clock.instant());
        } catch (UnreadableUpload unreadable) {
            throw ManagementRefused.body("users", String.valueOf(unreadable.getMessage()));
        } finally {
            if (!begun) jobs.forget(tenant, upload);
        }
    }

    @PostMapping("/users-exports")
    @RequiresScope("read:users")
    @ResponseStatus(HttpStatus.CREATED)
    JobAnswer exportUsers(Caller caller, ExportRequest body) {
        var connection = body.connectionId() == null ? null : connection(caller, body.connectionId());
        var name = connection == null ? null : connection.name();
        var job = changes.make(
                caller,
                "Export users",
                name == null ? "all" : name,
                body,
                () -> jobs.export(caller.tenant(), name, body.options()));
        jobs.wake();
        return JobAnswer.of(job, connection, null, clock.instant());
    }

    @GetMapping("/{id}")
    @RequiresScope({"create:users", "read:users"})
    JobAnswer read(@PathVariable String id, Caller caller, Issuer issuer) {
        var job = require(caller, id);
        var connection = job.connection() == null
                ? null
                : connections.named(caller.tenant(), job.connection()).orElse(null);
        var exported = job.type() == Job.Type.USERS_EXPORT && job.status() == Job.Status.COMPLETED;
        return JobAnswer.of(job, connection, exported ? links.of(job, issuer.url()) : null, clock.instant());
    }

    /** 204 where there are none. */
    @GetMapping("/{id}/errors")
    @RequiresScope({"create:users", "read:users"})
    ResponseEntity<List<JsonNode>> errors(@PathVariable String id, Caller caller) {
        var errors = jobs.errors(require(caller, id));
        return errors.isEmpty() ? ResponseEntity.noContent().build() : ResponseEntity.ok(errors);
    }

    private Connection connection(Caller caller, String id) {
        return connections.find(caller.tenant(), id).orElseThrow(ConnectionsController::missing);
    }

    private Job require(Caller caller, String id) {
        return jobs.find(caller.tenant(), id)
                .orElseThrow(() -> ManagementRefused.missing("inexistent_job", "The job does not exist"));
    }
}
