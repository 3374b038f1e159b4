package io.ringcode.session;

import io.ringcode.factor.Amr;
import io.ringcode.user.User;
import io.ringcode.user.UserId;

/**
 * Who is known when a sign-in begins.
 *
 * @param stamp the security stamp under which the user became known
 * @param amr what is proved of the user
 */
public record KnownUser(UserId id, long stamp, Amr amr) {
    public static KnownUser of(User user, Amr amr) {
        return new KnownUser(user.id(), user.stamp(), amr);
    }

    public static KnownUser of(BrowserSession session) {
        return new KnownUser(session.user(), session.stamp(), session.amr());
    }
}
