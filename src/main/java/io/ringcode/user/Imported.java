package io.ringcode.user;

/** What has become of a user of an import. */
public sealed interface Imported {
    record Inserted(UserId id) implements Imported {}

    record Updated(UserId id) implements Imported {}

    /** The id or a name is another user's, or of a user who is not to be changed. */
    record Refused() implements Imported {}
}
