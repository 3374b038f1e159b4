package io.ringcode.session;

import io.ringcode.client.ClientId;
import io.ringcode.factor.Amr;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.User;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in in a browser that is under way.
 *
 * @param state what names it in every form and address of its pages; unguessable
 * @param id what its codes are bound to
 * @param client null for an enrolment by ticket
 * @param request what the application asked, for whoever answers it
 * @param user null until the first factor is done
 * @param stamp the user's security stamp when the user became known; it means nothing before
 * @param amr what has been proved so far (RFC 8176)
 * @param decision what was decided once the user was known; null before, and where nothing is to be decided
 * @param progress where its pages are, in their own words; null at the beginning
 * @param doneAt when everything had been proved; null before
 * @param lost the phone that is reported as lost, to be suspended once another factor is proved; null for none
 */
public record Login(
        TenantId tenant,
        String state,
        UUID id,
        @Nullable ClientId client,
        LoginRequest loginRequest,
        Map<String, String> request,
        @Nullable UserId user,
        long stamp,
        Amr amr,
        @Nullable SignInDecision decision,
        @Nullable String progress,
        @Nullable Instant doneAt,
        @Nullable AuthenticatorId lost) {

    public boolean done() {
        return doneAt != null;
    }

    public Login signedIn(User user, Amr amr) {
        return new Login(
                tenant,
                state,
                id,
                client,
                loginRequest,
                request,
                user.id(),
                user.stamp(),
                amr,
                null,
                progress,
                doneAt,
                lost);
    }

    public Login decided(SignInDecision decision) {
        return new Login(
                tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, progress, doneAt, lost);
    }

    /** With what has been proved since. */
    public Login proved(Amr amr) {
        return new Login(
                tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, progress, doneAt, lost);
    }

    /** The same under another stamp of its user, who has taken something away in it. */
    public Login under(long stamp) {
        return new Login(
                tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, progress, doneAt, lost);
    }

    /** Somebody says that this phone is lost. */
    public Login losing(@Nullable AuthenticatorId phone) {
        return new Login(
                tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, progress, doneAt, phone);
    }

    public Grounds grounds() {
        return new Grounds.Stamp(stamp);
    }

    /** Whether the second factor is done. Where it is the only one that is ours, whatever was proved is it. */
    public boolean pastSecondFactor() {
        return switch (loginRequest.kind()) {
            case SECOND_FACTOR, PASSWORD_RESET -> !amr.methods().isEmpty();
            case SIGN_IN, SIGN_UP, CONSOLE, ACCOUNT, TICKET -> amr.multiFactor();
        };
    }

    public Login at(@Nullable String progress) {
        return new Login(
                tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, progress, doneAt, lost);
    }

    public Login done(Instant now) {
        return new Login(tenant, state, id, client, loginRequest, request, user, stamp, amr, decision, null, now, lost);
    }
}
