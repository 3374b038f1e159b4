package io.ringcode.job;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One import or export.
 *
 * @param connection the directory it works on; null for all, which only an export may
 * @param total users to do; grows while an import is being uploaded
 */
public record Job(
        TenantId tenant,
        String id,
        Type type,
        Status status,
        @Nullable String connection,
        Options options,
        int total,
        int inserted,
        int updated,
        int failed,
        Instant createdAt,
        @Nullable Instant startedAt) {

    /** By their names on the wire. */
    public enum Type {
        USERS_IMPORT,
        USERS_EXPORT;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum Status {
        UPLOADING,
        PENDING,
        PROCESSING,
        COMPLETED,
        FAILED;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What was asked for.
     *
     * @param upsert of an import: whether users who are there are changed
     * @param format of an export: {@code json} (one object to a line) or {@code csv}
     * @param fields of an export, in their order; empty for all
     * @param limit of an export; null for none
     */
    public record Options(
            boolean upsert,
            @Nullable String externalId,
            @Nullable String format,
            List<Field> fields,
            @Nullable Integer limit) {
        public static Options ofImport(boolean upsert, @Nullable String externalId) {
            return new Options(upsert, externalId, null, List.of(), null);
        }
    }

    /** @param as the name in the file */
    public record Field(String name, String as) {}

    public int done() {
        return inserted + updated + failed;
    }

    public boolean ended() {
        return status == Status.COMPLETED || status == Status.FAILED;
    }
}
