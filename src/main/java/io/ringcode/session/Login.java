package io.ringcode.session;

import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.List;
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
 * @param amr what has been proved so far (RFC 8176)
 * @param progress where its pages are, in their own words; null at the beginning
 * @param doneAt when everything had been proved; null before
 */
public record Login(
        TenantId tenant,
        String state,
        UUID id,
        @Nullable ClientId client,
        LoginRequest loginRequest,
        Map<String, String> request,
        @Nullable UserId user,
        List<String> amr,
        @Nullable String progress,
        @Nullable Instant doneAt) {

    public boolean done() {
        return doneAt != null;
    }

    public Login signedIn(UserId user, List<String> amr) {
        return new Login(tenant, state, id, client, loginRequest, request, user, List.copyOf(amr), progress, doneAt);
    }

    public Login at(@Nullable String progress) {
        return new Login(tenant, state, id, client, loginRequest, request, user, amr, progress, doneAt);
    }

    public Login done(Instant now) {
        return new Login(tenant, state, id, client, loginRequest, request, user, amr, null, now);
    }
}
