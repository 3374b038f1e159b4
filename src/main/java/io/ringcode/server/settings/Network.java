package io.ringcode.server.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses as operators write them. Names are never looked up: a setting must not depend on a name server. */
public final class Network {
    public static final String LOOPBACK = "127.0.0.1";

    private Network() {}

    public static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** An address, or a network such as 10.0.0.0/8. */
    static boolean isNetwork(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) return isAddress(text);
        if (!isAddress(text.substring(0, slash))) return false;
        var bits = InetAddress.ofLiteral(text.substring(0, slash)).getAddress().length * 8;
        try {
            var prefix = Integer.parseInt(text.substring(slash + 1));
            return prefix >= 0 && prefix <= bits;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /** Browsers resolve every name under localhost to the machine itself (RFC 6761 §6.3). */
    static boolean isLoopback(@Nullable String host) {
        if (host == null) return false;
        if (host.equals("localhost") || host.endsWith(".localhost")) return true;
        var literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return isAddress(literal) && InetAddress.ofLiteral(literal).isLoopbackAddress();
    }

    /** What to write into a URL to reach a server that listens on {@code address}, from the same machine. */
    public static String urlHost(@Nullable String address) {
        if (address == null
                || isLoopback(address)
                || InetAddress.ofLiteral(address).isAnyLocalAddress()) return "localhost";
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** With a prefix length each: Tomcat takes a list without any for a regular expression. */
    public static String asNetworks(List<String> addressesOrNetworks) {
        return addressesOrNetworks.stream()
                .map(text -> text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"))
                .collect(Collectors.joining(","));
    }
}
