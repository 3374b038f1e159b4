package io.ringcode.fraud.traffic;

import java.util.List;

/** A code that was sent and whose fate is not settled. */
final class Code {
    final Ask ask;
    final List<ScopeState> scopes;
    final long sentAt;
    final long life;
    /** Of the control group. */
    final boolean trusted;
    /** What it counts for: less than 1 where the number was counted already. */
    final double weight;
    final boolean probe;
    long over;
    int age;
    boolean typed;
    boolean withdrawn;
    boolean matured;
    /** What it added to each scope when its life was over, in nats. */
    double added;

    Code(Ask ask, List<ScopeState> scopes, long sentAt, long life, boolean trusted, double weight, boolean probe) {
        this.ask = ask;
        this.scopes = scopes;
        this.sentAt = sentAt;
        this.life = life;
        this.over = sentAt + life;
        this.trusted = trusted;
        this.weight = weight;
        this.probe = probe;
    }
}
