package io.ringcode.management.user;

import io.ringcode.client.Connection;
import io.ringcode.job.Job;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import or an export, and how far it is.
 *
 * @param location where an export that is completed is fetched
 * @param format of an export, as are {@code limit} and {@code fields}; the rest behind them is of an import
 * @param summary once it has ended
 */
record JobAnswer(
        String id,
        String type,
        String status,
        IsoTime createdAt,
        @Nullable String connectionId,
        @Nullable String connection,
        @Nullable String externalId,
        @Nullable String location,
        @Nullable String format,
        @Nullable Integer limit,
        @Nullable List<Field> fields,
        @Nullable Boolean upsert,
        @Nullable Integer percentageDone,
        @Nullable Long timeLeftSeconds,
        @Nullable Summary summary)
        implements JsonAnswer {

    record Field(String name, String exportAs) implements JsonAnswer {}

    record Summary(int total, int inserted, int updated, int failed) implements JsonAnswer {}

    static JobAnswer of(Job job, @Nullable Connection connection, @Nullable String location, Instant now) {
        var options = job.options();
        var imports = job.type() == Job.Type.USERS_IMPORT;
        return new JobAnswer(
                job.id(),
                job.type().wire(),
                job.status().wire(),
                new IsoTime(job.createdAt()),
                connection == null ? null : connection.id(),
                job.connection(),
                options.externalId(),
                location,
                imports ? null : options.format(),
                imports ? null : options.limit(),
                options.fields().isEmpty() ? null : fields(options.fields()),
                imports ? options.upsert() : null,
                imports ? percentage(job) : null,
                imports && job.status() == Job.Status.PROCESSING ? secondsLeft(job, now) : null,
                imports && job.ended() ? new Summary(job.total(), job.inserted(), job.updated(), job.failed()) : null);
    }

    private static List<Field> fields(List<Job.Field> fields) {
        return fields.stream().map(field -> new Field(field.name(), field.as())).toList();
    }

    private static int percentage(Job job) {
        if (job.ended() || job.total() == 0) return job.ended() ? 100 : 0;
        return (int) (100L * job.done() / job.total());
    }

    /** As fast as until now; nothing can be said before the first part. */
    private static @Nullable Long secondsLeft(Job job, Instant now) {
        var started = job.startedAt();
        if (started == null || job.done() == 0) return null;
        var spent = Duration.between(started, now).toMillis();
        return spent * (job.total() - job.done()) / job.done() / 1000;
    }
}
