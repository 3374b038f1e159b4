package io.ringcode.console.view;

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
 * @param room the part of the console that is open
 * @param parents of the page, where there are more than the room
 * @param said what the last form did; null for nothing
 * @param problem what was wrong with it; null for nothing
 * @param complaints the same, where it is about fields
 */
public record PageFrame(
        String tenant,
        String email,
        String room,
        List<Navigation.Hit> parents,
        @Nullable String said,
        @Nullable String problem,
        Complaints complaints) {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("saved", "Saved. It is in force now."),
            Map.entry("sent", "The carrier has taken the message. Look at your phone."),
            Map.entry("removed", "Removed."),
            Map.entry("stopped", "All sending is stopped."),
            Map.entry("resumed", "Messages are sent again."),
            Map.entry("released", "Released. It begins anew on all servers within a second."),
            Map.entry("permitted", "Permitted. No rule judges it any more."),
            Map.entry("judged", "The rules judge it again."),
            Map.entry(
                    "stored",
                    "Saved. No message goes by this account yet: test it, then choose below what it is used for."),
            Map.entry("used", "In use: every message that no route takes goes by this account now."),
            Map.entry("reset", "Reset. It is in force now."),
            Map.entry("brought-back", "Brought back. It is in force now."),
            Map.entry("created", "Created."),
            Map.entry("blocked", "Blocked. Sessions have ended."),
            Map.entry("unblocked", "Unblocked. The user can sign in again."),
            Map.entry("unlocked", "Unlocked: wrong passwords and wrong codes are forgotten."),
            Map.entry("warned", "Saved, but the carrier could not be asked about the credentials. The log says why."));

    public static PageFrame of(HttpServletRequest request, Tenants tenants, String room, @Nullable String problem) {
        var visitor = Visitor.of(request);
        var said = request.getParameter("said");
        var name = TenantProfile.of(tenants.settings(visitor.tenant())).nameOf(visitor.tenant());
        return new PageFrame(
                name,
                visitor.email(),
                room,
                List.of(),
                said == null ? null : SENTENCES.get(said),
                problem,
                Complaints.of(problem));
    }

    /** @param name of the page above this one, which is below the room's own */
    public PageFrame below(String name, String address) {
        var parents = List.of(new Navigation.Hit(name, "", address));
        return new PageFrame(tenant, email, room, parents, said, problem, complaints);
    }

    public PageFrame with(Complaints others) {
        return new PageFrame(tenant, email, room, parents, said, problem, others);
    }

    /** @param fields ids of fields by the API's names of what is typed in them, where they differ */
    public PageFrame named(Map<String, String> fields) {
        return with(complaints.as(fields));
    }

    /** The address of the manual's page about this one; null where there is none. */
    public @Nullable String help() {
        return Navigation.help(room).orElse(null);
    }

    /** What stands above the title. */
    public List<Navigation.Hit> trail(String title) {
        return Navigation.trail(room, title, parents);
    }
}
