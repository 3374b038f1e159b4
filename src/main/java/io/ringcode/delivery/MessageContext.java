package io.ringcode.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What a message is about, for providers that hand it on: a tenant's own script is given all of this. It is stored as the
 * text is, sealed and until the message's state is final.
 *
 * @param code the digits that are somewhere in the text
 * @param ip of the person, or of the application where that is all that is known; null likewise for the others
 */
public record MessageContext(
        Occasion occasion,
        String code,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String host) {

    public enum Occasion {
        ENROLLMENT,
        SECOND_FACTOR
    }

    @Override
    public String toString() {
        return "MessageContext[" + occasion + "]";
    }
}
