package io.ringcode.authorization;

import io.ringcode.server.Settings;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** What the server calls itself to whoever asks: an origin and a slash, such as {@code https://login.example.com/}. */
@Component
public class Issuers {
    private final Settings settings;

    Issuers(Settings settings) {
        this.settings = settings;
    }

    /** The public address where one is set; else the one that the request was made to. */
    public String of(HttpServletRequest request) {
        var set = settings.publicUrl();
        if (set != null) {
            var text = set.toString();
            return text.endsWith("/") ? text : text + "/";
        }
        var scheme = request.getScheme();
        var port = request.getServerPort();
        var usual = port == (scheme.equals("https") ? 443 : 80);
        var host = request.getServerName();
        return scheme + "://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                + (usual ? "/" : ":" + port + "/");
    }
}
