package io.ringcode.dbconnections;

import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Fields;
import io.ringcode.authorization.OAuthDoor;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.notice.PasswordLinks;
import io.ringcode.template.Languages;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import io.ringcode.user.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs up, and asks for a new password. Neither needs more than the application's id, which everybody knows. */
@OAuthDoor
@RestController
class DatabaseConnectionsController {
    private static final String ASKED = "We've just sent you an email to reset your password.";

    private final Callers callers;
    private final Clients clients;
    private final Fields.Reader bodies;
    private final Connections connections;
    private final SignUps signUps;
    private final PasswordLinks links;
    private final Languages languages;

    DatabaseConnectionsController(
            Callers callers,
            Clients clients,
            Fields.Reader bodies,
            Connections connections,
            SignUps signUps,
            PasswordLinks links,
            Languages languages) {
        this.callers = callers;
        this.clients = clients;
        this.bodies = bodies;
        this.connections = connections;
        this.signUps = signUps;
        this.links = links;
        this.languages = languages;
    }

    @PostMapping("/dbconnections/signup")
    ResponseEntity<Map<String, Object>> signUp(HttpServletRequest request) throws IOException {
        var fields = bodies.read(request);
        var caller = caller(callers.tenant(request), new ClientId(fields.required("client_id")), request);
        var made = signUps.signUp(caller, fields.required("connection"), fields);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(made);
    }

    /** Says the same to everybody, but to an address that asks too often. */
    @PostMapping("/dbconnections/change_password")
    ResponseEntity<String> changePassword(HttpServletRequest request) throws IOException {
        var fields = bodies.read(request);
        var tenant = callers.tenant(request);
        var email = new Typed(fields.required("email")).name().toLowerCase(Locale.ROOT);
        var connection = fields.required("connection");
        var caller = caller(tenant, client(tenant, fields, connection), request);
        if (EmailAddress.is(email)
                && connections.offers(tenant, connection, caller.client().id()))
            ask(caller, connection, email, request);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
                .body(ASKED);
    }

    private void ask(Caller caller, String connection, String email, HttpServletRequest request) {
        var language = languages.choose(
                caller.tenant(),
                request.getHeader("x-request-language"),
                request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var wait = links.ask(caller, connection, email, language);
        if (wait.isPresent()) throw new OAuthRefused(OAuthError.TOO_MANY_LOGINS, wait.get());
    }

    /** Nobody has proved to be the application's own server, which may speak for many people: the address is who asks. */
    private Caller caller(TenantId tenant, ClientId id, HttpServletRequest request) {
        var client = clients.find(tenant, id).orElseThrow(() -> new OAuthRefused(OAuthError.INVALID_CLIENT));
        return callers.inBrowser(client, request);
    }

    /** Who names no application is taken for the connection's first one. */
    private ClientId client(TenantId tenant, Fields fields, String connection) {
        var named = fields.text("client_id");
        if (named != null) return new ClientId(named);
        return connections
                .named(tenant, connection)
                .flatMap(known -> known.enabledClients().stream().findFirst())
                .map(ClientId::new)
                .orElseThrow(() -> OAuthRefused.missing("client_id"));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(InvalidSignUp no) {
        return ResponseEntity.status(no.status())
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(no.body());
    }
}
