package io.ringcode.authorization;

import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored signing key of a tenant, with its certificate.
 *
 * @param currentSince null before it signs
 * @param currentUntil null before another took its place
 * @param revokedAt null while tokens that it signed are accepted
 */
record SigningKey(
        RSAKey key,
        Instant createdAt,
        @Nullable Instant currentSince,
        @Nullable Instant currentUntil,
        @Nullable Instant revokedAt) {
    enum Place {
        CURRENT,
        NEXT,
        PREVIOUS,
        REVOKED
    }

    /** A key with its place among a tenant's. */
    record Placed(SigningKey key, Place place) {
        String kid() {
            return key.kid();
        }
    }

    String kid() {
        return key.getKeyID();
    }

    /** Since when it signs, if it does. */
    Instant since() {
        return currentSince == null ? createdAt : currentSince;
    }

    private boolean mayCome() {
        return revokedAt == null && currentUntil == null;
    }

    /**
     * Which of a tenant's keys signs, comes next or went before. The one that signs is the one that began last; where none has begun, as after
     * a server of the release before made it, the oldest.
     *
     * @return in the order current, next, previous, revoked
     */
    static List<Placed> placed(List<SigningKey> all) {
        var current = current(all);
        return all.stream()
                .map(key ->
                        new Placed(key, key.place(current.filter(key::equals).isPresent())))
                .sorted(Comparator.comparing(Placed::place))
                .toList();
    }

    private static Optional<SigningKey> current(List<SigningKey> all) {
        return all.stream()
                .filter(SigningKey::mayCome)
                .min(Comparator.comparing(
                                SigningKey::currentSince, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
                        .thenComparing(SigningKey::createdAt)
                        .thenComparing(SigningKey::kid));
    }

    private Place place(boolean current) {
        if (revokedAt != null) return Place.REVOKED;
        if (currentUntil != null) return Place.PREVIOUS;
        return current ? Place.CURRENT : Place.NEXT;
    }
}
