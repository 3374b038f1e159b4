package io.ringcode.json;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member of a PATCH body: left out, null or a value. As a record's component it may always be left out.
 *
 * @param sent whether the member is in the body
 * @param value null when it was left out, or sent as null to take it away
 */
public record Patch<T>(boolean sent, @Nullable T value) {
    private static final Patch<?> LEFT_OUT = new Patch<>(false, null);

    @SuppressWarnings("unchecked") // holds no value
    public static <T> Patch<T> leftOut() {
        return (Patch<T>) LEFT_OUT;
    }

    public static <T> Patch<T> of(@Nullable T value) {
        return new Patch<>(true, value);
    }

    /** What is stored afterwards, which is null when the member is taken away. */
    public @Nullable T or(@Nullable T before) {
        return sent ? value : before;
    }

    /** What is stored afterwards, for members that cannot be taken away: null leaves them as they are. */
    public T orKept(T before) {
        return value == null ? before : value;
    }

    public Optional<T> given() {
        return Optional.ofNullable(value);
    }

    public void ifSent(Consumer<@Nullable T> use) {
        if (sent) use.accept(value);
    }
}
