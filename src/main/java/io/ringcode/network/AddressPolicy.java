package io.ringcode.network;

import io.ringcode.server.settings.Destination;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The address policy: what a tenant chose may be a public unicast address, or what the operator named. An address that carries
 * another one inside counts as that one, for some host on the way may take it out again.
 */
public record AddressPolicy(List<Destination> allowed) {
    /** IANA's special-purpose registries (RFC 6890), and multicast and class E above them. */
    private static final List<Destination> NOT_PUBLIC = List.of(
            network("0.0.0.0", 8),
            network("10.0.0.0", 8),
            network("100.64.0.0", 10),
            network("127.0.0.0", 8),
            network("169.254.0.0", 16),
            network("172.16.0.0", 12),
            network("192.0.0.0", 24),
            network("192.0.2.0", 24),
            network("192.88.99.0", 24),
            network("192.168.0.0", 16),
            network("198.18.0.0", 15),
            network("198.51.100.0", 24),
            network("203.0.113.0", 24),
            network("224.0.0.0", 3),
            network("2001::", 23),
            network("2001:db8::", 32),
            network("3fff::", 20));

    /** All of IPv6 that is handed out (RFC 4291 section 2.5.4); whatever is not in it is local, multicast or reserved. */
    private static final Destination GLOBAL = network("2000::", 3);

    private static final Destination SIX_TO_FOUR = network("2002::", 16);
    private static final Destination NAT64 = network("64:ff9b::", 96);

    public boolean allows(InetAddress address, int port) {
        if (allowed.stream().anyMatch(destination -> destination.includes(address, port))) return true;
        if (address instanceof Inet4Address) return isPublic(address);
        if (SIX_TO_FOUR.includes(address, 0)) return isPublic(embedded(address, 2));
        if (NAT64.includes(address, 0)) return isPublic(embedded(address, 12));
        return GLOBAL.includes(address, 0) && isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        return NOT_PUBLIC.stream().noneMatch(network -> network.includes(address, 0));
    }

    private static InetAddress embedded(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes are an address", impossible);
        }
    }

    private static Destination network(String address, int bits) {
        return new Destination(InetAddress.ofLiteral(address), bits, 0);
    }
}
