package io.ringcode.login.step;

import io.ringcode.factor.Tickets.Shown;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sign-in by an enrollment ticket is asked with, in place of an application's parameters. */
public final class TicketLogin {
    private static final String TICKET = "ticket";
    private static final String FACTOR = "factor";
    private static final String MULTIPLE = "multiple";

    private TicketLogin() {}

    public static Map<String, String> parameters(String ticket, Shown.Good good) {
        var parameters = new HashMap<String, String>();
        parameters.put(TICKET, ticket);
        if (good.factor() != null) parameters.put(FACTOR, good.factor());
        if (good.multiple()) parameters.put(MULTIPLE, "true");
        return parameters;
    }

    /** Whether a sign-in is one by a ticket that may bind a further authenticator. */
    static boolean bindsFurther(Login login) {
        return isOne(login) && login.request().containsKey(MULTIPLE);
    }

    static String ticket(Login login) {
        return login.request().getOrDefault(TICKET, "");
    }

    /** The only factor that may be bound; null for any, and for a sign-in without a ticket. */
    static @Nullable String factor(Login login) {
        return isOne(login) ? login.request().get(FACTOR) : null;
    }

    private static boolean isOne(Login login) {
        return login.loginRequest().kind() == LoginRequest.Kind.TICKET;
    }
}
