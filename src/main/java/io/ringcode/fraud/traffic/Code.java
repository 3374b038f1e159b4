package io.ringcode.fraud.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A code that was sent. */
final class Code {
    final MessageRequest ask;
    /** The sign-ins that it was sent for: more than one where it was asked for again. */
    final List<UUID> sessions = new ArrayList<>(1);

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
            List<ScopeState> scopes,
            long sentAt,
            long life,
            boolean trusted,
            double weight,
            boolean probe) {
        this.ask = ask;
        this.scopes = scopes;
        this.sentAt = sentAt;
        this.life = life;
        this.over = sentAt + life;
        this.trusted = trusted;
        this.weight = weight;
        this.probe = probe;
    }

    /** Of those whose codes fail only where a carrier does. */
    boolean isControl() {
        return trusted || ask.confirmed();
    }

    boolean isSettled() {
        return withdrawn || matured;
    }
}
