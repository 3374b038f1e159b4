package io.ringcode.fraud.traffic;

import org.jspecify.annotations.Nullable;

/**
 * The networks of an end user's address, which an attacker gets together and people share.
 *
 * @param near IPv4 /24, IPv6 /64
 * @param wide IPv6 /48; null for IPv4
 */
public record Networks(String near, @Nullable String wide) {
    /** What limits count an end user's address by: of IPv6 the network that one end user has all addresses of. */
    public static String countedAs(String address) {
        if (address.indexOf(':') < 0 || address.indexOf('.') >= 0) return address;
        var networks = of(address);
        return networks == null ? address : networks.near();
    }

    /** @return null for what is no address */
    public static @Nullable Networks of(String address) {
        var dot = address.lastIndexOf('.');
        if (address.indexOf(':') < 0) return dot < 0 ? null : new Networks(address.substring(0, dot), null);
        // An IPv4 address in IPv6 form.
        if (dot > 0) return of(address.substring(address.lastIndexOf(':') + 1));
        var groups = new String[8];
        var halves = address.split("::", -1);
        if (halves.length > 2) return null;
        var front = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
        var back = halves.length < 2 || halves[1].isEmpty() ? new String[0] : halves[1].split(":");
        if (front.length + back.length > 8) return null;
        java.util.Arrays.fill(groups, "0");
        System.arraycopy(front, 0, groups, 0, front.length);
        System.arraycopy(back, 0, groups, 8 - back.length, back.length);
        var wide = groups[0] + ":" + groups[1] + ":" + groups[2];
        return new Networks(wide + ":" + groups[3], wide);
    }
}
