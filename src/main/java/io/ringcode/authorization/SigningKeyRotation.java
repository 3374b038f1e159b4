package io.ringcode.authorization;

import io.ringcode.authorization.SigningKey.Place;
import io.ringcode.authorization.SigningKey.Placed;
import io.ringcode.tenant.TenantId;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rotation of a tenant's signing keys: the next one signs, the one before stays published until it is revoked. */
@Component
public class SigningKeyRotation {
    /** Published besides the current and the next; a rotation makes one more. */
    public static final int MOST_PREVIOUS = 10;

    private static final int REVOKED_KEPT = 3;

    /** @param certificate in DER */
    @SuppressWarnings("ArrayRecordComponent") // only written
    public record View(
            String kid,
            byte[] certificate,
            boolean current,
            boolean next,
            boolean previous,
            @Nullable Instant currentSince,
            @Nullable Instant currentUntil,
            @Nullable Instant revokedAt) {}

    public sealed interface Revoked {
        record Done(View key) implements Revoked {}

        record Unknown() implements Revoked {}

        /** The current key and the next are needed. */
        record InUse() implements Revoked {}
    }

    private final SigningKeyTable table;
    private final SigningKeys keys;
    private final Clock clock;
    private final TransactionTemplate transaction;

    SigningKeyRotation(SigningKeyTable table, SigningKeys keys, Clock clock, PlatformTransactionManager transactions) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** In the order current, next, previous, revoked. */
    public List<View> list(TenantId tenant) {
        return SigningKey.placed(table.all(tenant)).stream()
                .map(SigningKeyRotation::view)
                .toList();
    }

    /** @return the next key after this rotation; empty where there are {@link #MOST_PREVIOUS} previous ones */
    public Optional<View> rotate(TenantId tenant) {
        // Ahead of the transaction, since it takes a moment.
        var fresh = table.generate();
        var rotated = transaction.execute(_ -> {
            table.lock(tenant);
            var now = clock.instant();
            var placed = SigningKey.placed(table.all(tenant));
            if (of(placed, Place.PREVIOUS).size() >= MOST_PREVIOUS) return Optional.<View>empty();
            var current = of(placed, Place.CURRENT).getFirst();
            var next = of(placed, Place.NEXT);
            if (next.isEmpty()) {
                table.add(tenant, fresh, now, null);
                table.turn(tenant, current.kid(), fresh.getKeyID(), now);
                table.add(tenant, table.generate(), now, null);
            } else {
                table.turn(tenant, current.kid(), next.getFirst().kid(), now);
                table.add(tenant, fresh, now, null);
            }
            return list(tenant).stream().filter(View::next).findFirst();
        });
        keys.forget(tenant);
        return rotated;
    }

    /** For good: no token that it signed is accepted any more. */
    public Revoked revoke(TenantId tenant, String kid) {
        var outcome = transaction.execute(_ -> {
            table.lock(tenant);
            var found = find(tenant, kid);
            if (found.isEmpty()) return new Revoked.Unknown();
            if (found.get().current() || found.get().next()) return new Revoked.InUse();
            table.revoke(tenant, kid, clock.instant());
            table.keepRevoked(tenant, REVOKED_KEPT);
            return new Revoked.Done(found.get());
        });
        keys.forget(tenant);
        return outcome;
    }

    public Optional<View> find(TenantId tenant, String kid) {
        return list(tenant).stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** What time brings: a next key where there is none, and, by schedule, a rotation and the end of previous keys. */
    void keepUp(TenantId tenant, Instant signingSince, Instant previousSince) {
        var placed = SigningKey.placed(table.all(tenant));
        if (of(placed, Place.NEXT).isEmpty()) {
            table.add(tenant, table.generate(), clock.instant(), null);
            keys.forget(tenant);
            // It is published first, and signs no earlier than at the next look.
            return;
        }
        for (var key : of(placed, Place.PREVIOUS))
            if (isBefore(key.key().currentUntil(), previousSince)) revoke(tenant, key.kid());
        if (of(placed, Place.CURRENT).stream().anyMatch(key -> key.key().since().isBefore(signingSince)))
            rotate(tenant);
    }

    private static boolean isBefore(@Nullable Instant moment, Instant limit) {
        return moment != null && moment.isBefore(limit);
    }

    private static List<Placed> of(List<Placed> placed, Place place) {
        return placed.stream().filter(key -> key.place() == place).toList();
    }

    private static View view(Placed placed) {
        var key = placed.key();
        try {
            return new View(
                    key.kid(),
                    key.key().getParsedX509CertChain().getFirst().getEncoded(),
                    placed.place() == Place.CURRENT,
                    placed.place() == Place.NEXT,
                    placed.place() == Place.PREVIOUS,
                    key.currentSince(),
                    key.currentUntil(),
                    key.revokedAt());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be written", impossible);
        }
    }
}
