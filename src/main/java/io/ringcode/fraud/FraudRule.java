package io.ringcode.fraud;

import java.util.Locale;

/** A rule against SMS pumping that a tenant can switch off, or have watch without acting. */
public enum FraudRule {
    ADJACENT_NUMBERS("adjacent_numbers", "Numbers one after the other", true),
    NUMBER_RANGE("number_range", "Ranges of numbers", true),
    COUNTRY("country", "Countries", true),
    ADDRESS("address", "Addresses and networks of end users", true),
    NUMBER_WAIT("number_wait", "Numbers that never send a code back", false),
    ACCOUNT_NUMBERS("account_numbers", "New numbers of one account", false);

    private final String wire;
    private final String label;
    private final boolean learned;

    FraudRule(String wire, String label, boolean learned) {
        this.wire = wire;
        this.label = label;
        this.learned = learned;
    }

    static FraudRule of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Its name in the Management API and in what is stored. */
    public String wire() {
        return wire;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** Whether it judges by what it has learned of others. Such a rule never holds against who has typed a code before. */
    public boolean learned() {
        return learned;
    }
}
