package io.ringcode.management.client;

import io.ringcode.json.InvalidBody;
import io.ringcode.json.Patch;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Absolute addresses of a client: where browsers are sent back to, and where its pages come from. */
final class ClientAddresses {
    private ClientAddresses() {}

    static void check(String name, Patch<List<String>> addresses) {
        addresses.given().ifPresent(given -> given.forEach(address -> read(name, address)));
    }

    /** An origin has no path. */
    static void checkOrigins(String name, Patch<List<String>> origins) {
        for (var origin : origins.given().orElse(List.of())) {
            var uri = read(name, origin);
            var path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (uri.getHost() == null || path.length() > 1)
                throw InvalidBody.on(name, "Must be an origin: scheme, host and port");
        }
    }

    private static URI read(String name, String address) {
        try {
            var uri = new URI(address.replace("*", "star"));
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.isEmpty() || scheme.equals("javascript") || scheme.equals("data"))
                throw InvalidBody.on(name, "Must be an absolute URL");
            if (uri.getRawFragment() != null) throw InvalidBody.on(name, "Must have no fragment");
            return uri;
        } catch (URISyntaxException unreadable) {
            throw InvalidBody.on(name, "Must be an absolute URL");
        }
    }
}
