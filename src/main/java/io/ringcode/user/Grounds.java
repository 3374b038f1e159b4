package io.ringcode.user;

import java.time.Instant;

/** What something that was issued to a user, or begun by a user, stands on. */
public sealed interface Grounds {
    /** Whether the user, as stored now, still gives them. */
    boolean hold(User user);

    /** The security stamp that the user had when the first factor was proved. */
    record Stamp(long value) implements Grounds {
        @Override
        public boolean hold(User user) {
            return user.stamp() == value;
        }
    }

    /**
     * An access token, which carries no stamp.
     *
     * @param at when it was issued, to the second: one of the very second in which access ended has ended too
     */
    record IssuedAt(Instant at) implements Grounds {
        @Override
        public boolean hold(User user) {
            var ended = user.accessEndedAt();
            return ended == null || at.isAfter(ended);
        }
    }
}
