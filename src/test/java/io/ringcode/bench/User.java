package io.ringcode.bench;

import java.io.IOException;

/** One user's work, again and again. */
interface User extends AutoCloseable {
    /** @return how long each step took, in nanoseconds; always as many */
    long[] ceremony() throws Exception;

    @Override
    default void close() throws IOException {}
}
