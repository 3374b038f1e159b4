package io.ringcode.login;

import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.challenge.Wording;
import io.ringcode.client.Caller;
import io.ringcode.session.Login;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a page of a sign-in.
 *
 * @param form what was typed and pressed; empty for a look
 * @param session the token of the session that the browser has; null for none
 * @param remembered what this browser is remembered by; null where it is not
 */
record Turn(
        Login login,
        Caller caller,
        Wording wording,
        Map<String, String> form,
        @Nullable String session,
        @Nullable String remembered) {

    TenantId tenant() {
        return login.tenant();
    }

    /** Whose second factor this is about. */
    UserId user() {
        var user = login.user();
        if (user == null) throw new LoginGone();
        return user;
    }

    /** What codes are bound to. */
    Transaction transaction() {
        var standing = login.pastSecondFactor() || TicketController.bindsFurther(login)
                ? Standing.ALL_FACTORS
                : Standing.FIRST_FACTOR;
        return new Transaction(login.id(), caller, user(), login.grounds(), standing);
    }

    String typed(String field) {
        return form.getOrDefault(field, "").strip();
    }

    /** Whether the form was sent by Enter or its main button. */
    boolean pressedNothingElse() {
        var action = typed("action");
        return action.isEmpty() || action.equals("default");
    }

    Turn with(Login login) {
        return new Turn(login, caller, wording, form, session, remembered);
    }
}
