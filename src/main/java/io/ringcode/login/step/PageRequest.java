package io.ringcode.login.step;

import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.challenge.Wording;
import io.ringcode.client.Caller;
import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.session.Login;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page request: one request to a page of a sign-in, with what the browser sent.
 *
 * @param address of the pages: an origin and a slash
 * @param form the fields and the button of the form; empty for a GET
 * @param session the token of the session that the browser has; null for none
 * @param remembered what this browser is remembered by; null where it is not
 */
public record PageRequest(
        Login login,
        Caller caller,
        Wording wording,
        String address,
        Map<String, String> form,
        @Nullable String session,
        @Nullable String remembered) {

    public TenantId tenant() {
        return login.tenant();
    }

    /** Whose second factor this is about. */
    public UserId user() {
        var user = login.user();
        if (user == null) throw new LoginGone();
        return user;
    }

    /** What was proved before something is bound. */
    Proved proved() {
        if (standing() == Standing.FIRST_FACTOR) return Proved.FIRST_FACTOR;
        return TicketLogin.bindsFurther(login) ? Proved.PASSKEY : login.amr().allFactors();
    }

    private Standing standing() {
        return login.pastSecondFactor() || TicketLogin.bindsFurther(login)
                ? Standing.ALL_FACTORS
                : Standing.FIRST_FACTOR;
    }

    /** What codes are bound to. */
    Transaction transaction() {
        var standing = standing();
        var sufficient = FactorPolicy.demand(login).sufficient();
        return new Transaction(
                login.id(), caller, user(), login.grounds(), standing, Transaction.Door.PAGES, sufficient);
    }

    String typed(String field) {
        return form.getOrDefault(field, "").strip();
    }

    /** Whether the form was sent by Enter or its main button. */
    boolean pressedNothingElse() {
        var action = typed("action");
        return action.isEmpty() || action.equals("default");
    }

    public PageRequest with(Login login) {
        return new PageRequest(login, caller, wording, address, form, session, remembered);
    }
}
