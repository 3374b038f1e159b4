package io.ringcode.phone;

/** Not a number that a message could reach. Says nothing of the digits. */
public final class InvalidPhoneNumber extends IllegalArgumentException {
    /** What is wrong with it. */
    public enum Reason {
        IMPOSSIBLE,
        /** It leads to a switchboard and from there on, where no message goes. */
        EXTENSION
    }

    private final Reason reason;

    InvalidPhoneNumber(Reason reason) {
        super(
                reason == Reason.EXTENSION
                        ? "A phone number with an extension"
                        : "Not a possible phone number in E.164 form");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** For a field of this name: why it is refused, as programs and administrators are told. */
    public String sentence(String otherwise) {
        return switch (reason) {
            case IMPOSSIBLE -> otherwise;
            case EXTENSION -> "Has an extension, which no message reaches: leave it out";
        };
    }
}
