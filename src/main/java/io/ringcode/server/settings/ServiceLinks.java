package io.ringcode.server.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Variables that Kubernetes sets in every container for each Service of its namespace, named for the Service. For one called
 * {@code ringcode} or {@code ringcode-db} they begin like ours, and RINGCODE_PORT is even ours by name.
 */
final class ServiceLinks {
    private static final Pattern NAME =
            Pattern.compile("RINGCODE_(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
                    + "|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");
    private static final Pattern PORT = Pattern.compile("RINGCODE_(?:[A-Z0-9_]+_)?PORT");
    private static final Pattern ADDRESS = Pattern.compile("(?:tcp|udp|sctp)://.+");

    private ServiceLinks() {}

    /** The environment without them. */
    static Map<String, String> without(Map<String, String> env) {
        var others = new HashMap<>(env);
        others.entrySet().removeIf(one -> isLink(one.getKey(), one.getValue()));
        return others;
    }

    private static boolean isLink(String name, String value) {
        return NAME.matcher(name).matches()
                || (PORT.matcher(name).matches() && ADDRESS.matcher(value).matches());
    }
}
