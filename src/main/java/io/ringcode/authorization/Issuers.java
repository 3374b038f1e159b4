package io.ringcode.authorization;

import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;

/** What the server calls itself to whoever asks: an origin and a slash, such as {@code https://login.example.com/}. */
@Component
public class Issuers {
    private final Settings settings;
    private final Tenants tenants;

    Issuers(Settings settings, Tenants tenants) {
        this.settings = settings;
        this.tenants = tenants;
    }

    public Issuer at(HttpServletRequest request) {
        return new Issuer(of(request));
    }

    /** The public address where one is set; else the one that the request was made to. */
    public String of(HttpServletRequest request) {
        var set = settings.publicUrl();
        if (set != null) {
            var ownDomain = tenants.domain(tenants.ofHost(request.getServerName()));
            if (ownDomain.isPresent()) return at(set, ownDomain.get());
            var text = set.toString();
            return text.endsWith("/") ? text : text + "/";
        }
        var told = request.getScheme();
        var scheme = scheme(request);
        var port = request.getServerPort();
        // A Host without a port means the usual one of whichever scheme the client used.
        var usual = port == usual(scheme) || port == usual(told);
        var host = request.getServerName();
        var bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return scheme + "://" + bracketed + (usual ? "/" : ":" + port + "/");
    }

    /**
     * Where nobody asks, as in a mail. A request's Host is not believed there: whoever asks chooses it, and somebody else follows
     * the link.
     */
    public String of(TenantId tenant) {
        var set = settings.publicUrl();
        var ownDomain = tenants.domain(tenant);
        if (set != null) {
            if (ownDomain.isPresent()) return at(set, ownDomain.get());
            var text = set.toString();
            return text.endsWith("/") ? text : text + "/";
        }
        var port = settings.port();
        return "http://" + ownDomain.orElse("localhost") + (port == 0 || port == 80 ? "/" : ":" + port + "/");
    }

    /** Another tenant's domain is reached as the public address is, but for the name. */
    private static String at(URI address, String domain) {
        return address.getScheme() + "://" + domain + (address.getPort() < 0 ? "/" : ":" + address.getPort() + "/");
    }

    /** In development a proxy on this machine may end TLS without being named in the settings. */
    private String scheme(HttpServletRequest request) {
        var forwarded = request.getHeader("X-Forwarded-Proto");
        var believed = settings.dev() && forwarded != null && isLoopback(request.getRemoteAddr());
        return believed && (forwarded.equals("https") || forwarded.equals("http")) ? forwarded : request.getScheme();
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    private static int usual(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
