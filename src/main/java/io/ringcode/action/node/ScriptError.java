package io.ringcode.action.node;

import org.jspecify.annotations.Nullable;

/**
 * An error as the script gave it. Its texts may hold anything that the script knew.
 *
 * @param code of the error object, such as {@code ECONNRESET}
 * @param status of an HTTP answer that the error stands for; 0 where there was none
 * @param retryAfter that answer's header, as it was
 * @param line of the script where it came from; 0 where that is not known
 */
public record ScriptError(
        String message,
        @Nullable String code,
        int status,
        @Nullable String retryAfter,
        int line) {
    @Override
    public String toString() {
        return "ScriptError[" + code + ", " + status + "]";
    }
}
