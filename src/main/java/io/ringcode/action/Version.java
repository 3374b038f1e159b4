package io.ringcode.action;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Code as it was saved once; it does not change any more, and may run again.
 *
 * @param dependencies package names and version ranges
 * @param runtime the name of the Node.js that it was written for; what runs it is the server's
 * @param lock npm's lock file; null where nothing is to be installed, or not yet
 * @param note how far the build is, or why it failed
 */
public record Version(
        String script,
        int number,
        UUID id,
        String code,
        Map<String, String> dependencies,
        String runtime,
        @Nullable String lock,
        Status status,
        @Nullable String note,
        Instant createdAt,
        @Nullable Instant builtAt,
        @Nullable Instant deployedAt) {

    public enum Status {
        BUILDING("building"),
        BUILT("built"),
        FAILED("failed");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    @Override
    public String toString() {
        return "Version[" + script + ", " + number + ", " + status + "]";
    }
}
