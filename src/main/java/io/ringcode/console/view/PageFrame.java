package io.ringcode.console.view;

import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every page: header, navigation and message.
 *
 * @param tenant its name for people
 * @param email whose session this is
 * @param issuer the address that commands for the API have
 * @param operator whether the tenant is the default one, through which the others are managed
 * @param room the part of the console that is open
 * @param parents of the page, where there are more than the room
 * @param said what the last form did; null for nothing
 * @param problem what was wrong with it; null for nothing
 * @param complaints the same, where it is about fields
 */
public record PageFrame(
        String tenant,
        String email,
        String issuer,
        boolean operator,
        String room,
        List<Navigation.Hit> parents,
        @Nullable String said,
        @Nullable String problem,
        Complaints complaints) {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("saved", "Saved. It is in use now."),
            Map.entry(
                    "saved-in-part",
                    "Saved. It is in force now, except that a carrier which is not set up is passed over until it is."),
            Map.entry("saved-not-deployed", "Saved. It is not deployed yet: the version before goes on running."),
            Map.entry("deployed", "Deployed. It runs wherever it is bound to its trigger."),
            Map.entry("switched-off", "Saved. The script is off, so no message goes by it."),
            Map.entry("sent", "The carrier accepted the message. Check your phone."),
            Map.entry("removed", "Removed."),
            Map.entry("stopped", "All sending is stopped."),
            Map.entry("resumed", "Messages are sent again."),
            Map.entry("released", "Released. It starts over on all servers within a second."),
            Map.entry("permitted", "Permitted. No rule evaluates it any more."),
            Map.entry("judged", "The rules evaluate it again."),
            Map.entry(
                    "stored",
                    "Saved. No messages are sent by this account yet. Test it, then choose below what to use it for."),
            Map.entry("used", "In use. Every message that no route matches is now sent by this account."),
            Map.entry("reset", "Reset. It is in use now."),
            Map.entry("brought-back", "Restored. It is in use now."),
            Map.entry("created", "Created."),
            Map.entry("blocked", "Blocked. Sessions were ended."),
            Map.entry("unblocked", "Unblocked. The user can sign in again."),
            Map.entry("unlocked", "Unlocked. Failed attempts were reset."),
            Map.entry(
                    "warned",
                    "Saved, but the credentials could not be checked with the carrier. See the log for the reason."));

    public static PageFrame of(HttpServletRequest request, Tenants tenants, String room, @Nullable String problem) {
        var visitor = Visitor.of(request);
        var said = request.getParameter("said");
        var name = TenantProfile.of(tenants.settings(visitor.tenant())).nameOf(visitor.tenant());
        return new PageFrame(
                name,
                visitor.email(),
                visitor.issuer(),
                visitor.tenant().equals(TenantId.DEFAULT),
                room,
                List.of(),
                said == null ? null : SENTENCES.get(said),
                problem,
                Complaints.of(problem));
    }

    /** @param name of the page above this one, which is below the room's own */
    public PageFrame below(String name, String address) {
        var parents = List.of(new Navigation.Hit(name, "", address));
        return new PageFrame(tenant, email, issuer, operator, room, parents, said, problem, complaints);
    }

    public PageFrame with(Complaints others) {
        return new PageFrame(tenant, email, issuer, operator, room, parents, said, problem, others);
    }

    /** @param fields ids of fields by the API's names of what is typed in them, where they differ */
    public PageFrame named(Map<String, String> fields) {
        return with(complaints.as(fields));
    }

    /** The address of the manual's page about this one; null where there is none. */
    public @Nullable String help() {
        return Navigation.help(room).orElse(null);
    }

    /** Commands that do by the API what is done here; empty where there are none. */
    public List<ApiSample> samples() {
        return ApiSample.of(room);
    }

    /** What stands above the title. */
    public List<Navigation.Hit> trail(String title) {
        return Navigation.trail(room, title, parents);
    }
}
