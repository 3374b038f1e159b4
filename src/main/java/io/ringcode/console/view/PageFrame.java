package io.ringcode.console.view;

import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every page: header, navigation and message.
 *
 * @param tenant its name for people
 * @param email whose session this is
 * @param room the part of the console that is open
 * @param said what the last form did; null for nothing
 * @param problem what was wrong with it; null for nothing
 */
public record PageFrame(
        String tenant,
        String email,
        String room,
        @Nullable String said,
        @Nullable String problem) {
    private static final Map<String, String> SENTENCES = Map.of(
            "saved", "Saved. It is in force now.",
            "sent", "The carrier has taken the message. Look at your phone.",
            "removed", "Removed.",
            "stopped", "All sending is stopped.",
            "resumed", "Messages are sent again.",
            "released", "Released. It begins anew on all servers within two seconds.",
            "permitted", "Permitted. No rule judges it any more.",
            "judged", "The rules judge it again.",
            "unlocked", "Unlocked: wrong passwords and wrong codes are forgotten.",
            "warned", "Saved, but the carrier could not be asked about the credentials. The log says why.");

    public static PageFrame of(HttpServletRequest request, Tenants tenants, String room, @Nullable String problem) {
        var visitor = Visitor.of(request);
        var said = request.getParameter("said");
        var name = TenantProfile.of(tenants.settings(visitor.tenant())).nameOf(visitor.tenant());
        return new PageFrame(name, visitor.email(), room, said == null ? null : SENTENCES.get(said), problem);
    }
}
