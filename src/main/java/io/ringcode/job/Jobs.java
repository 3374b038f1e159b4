package io.ringcode.job;

import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Imports and exports of users: begun here, done by {@link JobWorker}, looked at here. */
@Component
public class Jobs {
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    /** How many refused rows are told of one import. */
    private static final int MOST_ERRORS = 10_000;

    private final JobTable table;
    private final JobWorker worker;
    private final ObjectMapper json;
    private final RandomText random;
    private final Clock clock;

    Jobs(JobTable table, JobWorker worker, ObjectMapper json, RandomText random, Clock clock) {
        this.table = table;
        this.worker = worker;
        this.json = json;
        this.random = random;
        this.clock = clock;
    }

    /** A file of users may now be read into it; nothing happens before {@link #begin}. */
    public Upload upload(TenantId tenant) {
        var id = newId();
        var now = clock.instant();
        var job = new Job(
                tenant,
                id,
                Job.Type.USERS_IMPORT,
                Job.Status.UPLOADING,
                null,
                Job.Options.ofImport(false, null),
                0,
                0,
                0,
                0,
                now,
                null);
        table.insert(job, now.plus(LONGEST_UPLOAD));
        return new Upload(table, json, tenant, id);
    }

    /** The upload is whole: the import begins. Runs in its caller's transaction. */
    public Job begin(TenantId tenant, Upload upload, String connection, Job.Options options) {
        table.uploaded(tenant, upload.job(), connection, options, upload.rows(), clock.instant());
        return table.find(tenant, upload.job()).orElseThrow();
    }

    /** The upload was no good: nothing of it stays. */
    public void forget(TenantId tenant, Upload upload) {
        table.delete(tenant, upload.job());
    }

    /** Begins an export. Runs in its caller's transaction. */
    public Job export(TenantId tenant, @Nullable String connection, Job.Options options) {
        var now = clock.instant();
        var id = newId();
        var job = new Job(
                tenant, id, Job.Type.USERS_EXPORT, Job.Status.PENDING, connection, options, 0, 0, 0, 0, now, null);
        table.insert(job, now);
        return job;
    }

    /** Work that was begun is taken up at once, where this server is free. */
    public void wake() {
        worker.wake();
    }

    public Optional<Job> find(TenantId tenant, String id) {
        return table.find(tenant, id);
    }

    /** The rows that were refused: the user as it was sent without secrets, and why. */
    public List<JsonNode> errors(Job job) {
        return table.errors(job, MOST_ERRORS).stream().map(json::readTree).toList();
    }

    /** Writes what an export has come to, compressed. */
    public void write(Job job, OutputStream out) throws IOException {
        try (var compressed = new GZIPOutputStream(out)) {
            for (var part = table.part(job, 0);
                    part.isPresent();
                    part = table.part(job, part.get().number() + 1))
                compressed.write(part.get().content().getBytes(StandardCharsets.UTF_8));
        }
    }

    private String newId() {
        return "job_" + random.mixed(16);
    }
}
