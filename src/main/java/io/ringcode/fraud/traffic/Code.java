package io.ringcode.fraud.traffic;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A code that was sent. Of the message there is only what its fate is counted by: a tenant may have {@value WaitingCodes#MOST} waiting. */
final class Code {
    /** Keyed hashes, as in {@link MessageRequest}. */
    final long number;

    final @Nullable Long account;
    final Conversion.Group group;
    final double price;
    /** The sign-ins that it was sent for: more than one where it was asked for again. */
    private List<UUID> sessions = List.of();

    final List<ScopeState> scopes;
    final long sentAt;
    /** Milliseconds that it can be typed in, as it was sent. */
    final long life;
    /** Whether number or account have typed a code in the last 90 days. */
    final boolean trusted;
    /** What it counts for: less than 1 where the number was counted already. */
    final double weight;
    /** Whether it went to a scope that was refused, to see whether people are back. */
    final boolean probe;
    /** When it can no longer be typed. */
    long over;

    int age;
    boolean typed;
    boolean withdrawn;
    boolean matured;
    /** The evidence that it would take back, were it typed after its life, in nats. */
    double added;

    Code(
            MessageRequest ask,
            Conversion.Group group,
            List<ScopeState> scopes,
            long sentAt,
            long life,
            boolean trusted,
            double weight,
            boolean probe) {
        this.number = ask.number();
        this.account = ask.account();
        this.group = group;
        this.price = ask.about().price();
        this.scopes = List.copyOf(scopes);
        this.sentAt = sentAt;
        this.life = life;
        this.over = sentAt + life;
        this.trusted = trusted;
        this.weight = weight;
        this.probe = probe;
    }

    /** Of those whose codes fail only where a carrier does. */
    boolean isControl() {
        return trusted || group.confirmed();
    }

    List<UUID> sessions() {
        return sessions;
    }

    void add(UUID session) {
        sessions = sessions.isEmpty()
                ? List.of(session)
                : Stream.concat(sessions.stream(), Stream.of(session)).toList();
    }

    boolean isSettled() {
        return withdrawn || matured;
    }
}
