package io.ringcode.template;

import org.jspecify.annotations.Nullable;

/**
 * What a message says, ready for a carrier.
 *
 * @param from the sender that its template asks for; null where it leaves that to the carrier's account
 */
public record MessageText(String text, @Nullable String from) {
    @Override
    public String toString() {
        return "MessageText[from " + from + "]";
    }
}
