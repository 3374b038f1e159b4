package io.ringcode.json;

import org.jspecify.annotations.Nullable;

/** A body that does not fit its schema. Each API turns it into an error of its own shape. */
public final class InvalidBody extends RuntimeException {
    private final @Nullable String property;
    private final String reason;

    private InvalidBody(@Nullable String property, String reason) {
        super(reason, null, false, false);
        this.property = property;
        this.reason = reason;
    }

    /**
     * @param property its path, such as {@code colors.primary}; in a record's constructor, as seen from that record
     * @param reason without the value that was sent, which may be a secret
     */
    public static InvalidBody on(String property, String reason) {
        return new InvalidBody(property, reason);
    }

    /** @param path of the value, empty for the body itself */
    static InvalidBody at(String path, String reason) {
        return new InvalidBody(path.isEmpty() ? null : path, reason);
    }

    /** The same, as seen from the object that holds this one. */
    public InvalidBody within(String path) {
        if (path.isEmpty()) return this;
        return new InvalidBody(property == null ? path : path + "." + property, reason);
    }

    /** Null when the body itself is of the wrong type. */
    public @Nullable String property() {
        return property;
    }

    public String reason() {
        return reason;
    }
}
