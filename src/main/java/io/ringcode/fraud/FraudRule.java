package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A rule against SMS pumping that a tenant can switch off, or have watch without acting. */
public enum FraudRule {
    ADJACENT_NUMBERS(
            "adjacent_numbers",
            "Numbers one after the other",
            "Refuses numbers of one hundred, such as +228 90 12 34 00 to 99, once the codes that are sent to them are not typed.",
            true),
    NUMBER_RANGE(
            "number_range",
            "Ranges of numbers",
            "Refuses a range of a thousand to a hundred thousand numbers whose codes are not typed, more than is usual for their country.",
            true),
    COUNTRY(
            "country",
            "Countries",
            "Asks for a proof that no program is asking, for countries and new ranges whose codes are not typed; refuses only countries from which no code ever came back.",
            true),
    ADDRESS(
            "address",
            "Addresses and networks of end users",
            "Refuses end users' addresses and networks that ask for codes which are not typed.",
            true),
    NUMBER_WAIT(
            "number_wait",
            "Numbers that never send a code back",
            "Delays a number after five codes in a row that were not entered: five minutes, then twice as long each time.",
            false),
    ACCOUNT_NUMBERS(
            "account_numbers",
            "New numbers of one account",
            "Allows one account to enroll three new numbers a day.",
            false),
    NUMBER_ACCOUNTS(
            "number_accounts", "New accounts on one number", "Allows five accounts a day to enroll one number.", false);

    private final String wire;
    private final String label;
    private final String sentence;
    private final boolean learned;

    FraudRule(String wire, String label, String sentence, boolean learned) {
        this.wire = wire;
        this.label = label;
        this.sentence = sentence;
        this.learned = learned;
    }

    static FraudRule of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Its name in the Management API and in what is stored. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** What it does when it is on. */
    public String sentence() {
        return sentence;
    }

    /** Whether it judges by what it has learned of others. Such a rule never holds against who has typed a code before. */
    public boolean learned() {
        return learned;
    }
}
