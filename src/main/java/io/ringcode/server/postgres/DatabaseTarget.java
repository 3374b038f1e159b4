package io.ringcode.server.postgres;

import org.jspecify.annotations.Nullable;

/** Where the database is, as whom it is asked, and how that person proves it. */
record DatabaseTarget(
        String url, @Nullable String username, @Nullable String password) {
    @Override
    public String toString() {
        return "DatabaseTarget[•••]";
    }
}
