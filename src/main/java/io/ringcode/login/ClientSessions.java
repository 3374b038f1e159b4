package io.ringcode.login;

import io.ringcode.client.ClientId;
import io.ringcode.client.Connections;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.BrowserSessions;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The session of a browser, for one client: it counts there only where the client may sign in users of that connection. Whoever signed in
 * elsewhere, or before a connection was closed to the client, is nobody to it.
 */
@Component
public class ClientSessions {
    private final BrowserSessions sessions;
    private final Users users;
    private final Connections connections;
    private final Cookies cookies;

    ClientSessions(BrowserSessions sessions, Users users, Connections connections, Cookies cookies) {
        this.sessions = sessions;
        this.users = users;
        this.connections = connections;
        this.cookies = cookies;
    }

    public Optional<BrowserSession> find(TenantId tenant, ClientId client, HttpServletRequest request) {
        return sessions.find(tenant, cookies.session(request))
                .filter(session -> users.find(tenant, session.user())
                        .filter(user -> connections.offers(tenant, user.connection(), client))
                        .isPresent());
    }
}
