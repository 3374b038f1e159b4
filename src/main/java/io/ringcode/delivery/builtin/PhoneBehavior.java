package io.ringcode.delivery.builtin;

/** What a phone of the local phone does with the messages that it is sent from now on. */
public enum PhoneBehavior {
    RECEIVES("Receives messages, no receipt"),
    CONFIRMS("Receives messages, receipt: delivered"),
    LATE("Receives messages 30 seconds late"),
    UNREACHABLE("Switched off, receipt: undelivered"),
    LOSES("Loses messages, no receipt"),
    MACHINE("Calls reach an answering machine"),
    REFUSED("Carrier refuses the number");

    private final String title;

    PhoneBehavior(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
