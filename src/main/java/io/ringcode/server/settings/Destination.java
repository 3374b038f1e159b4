package io.ringcode.server.settings;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where connections may go to.
 *
 * @param bits how many leading bits of an address must be those of {@code network}
 * @param port 0 for every port
 */
public record Destination(InetAddress network, int bits, int port) {
    private static final Pattern WRITTEN = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:]+))(?::(\\d{1,5}))?");

    /** An address or a network, with a port or without: {@code 10.1.0.0/16}, {@code 10.1.2.3:8080}, {@code [fd00::/8]:443}. */
    static Optional<Destination> parse(String text) {
        var six = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        var written = WRITTEN.matcher(six ? "[" + text + "]" : text);
        if (!written.matches()) return Optional.empty();
        var network = written.group(1) != null ? written.group(1) : written.group(2);
        var port = written.group(3) == null ? 0 : Integer.parseInt(written.group(3));
        if (network == null || !Network.isNetwork(network) || port > 65535) return Optional.empty();
        var slash = network.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? network : network.substring(0, slash));
        var bits = slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(network.substring(slash + 1));
        return Optional.of(new Destination(address, bits, port));
    }

    public boolean includes(InetAddress address, int atPort) {
        var one = network.getAddress();
        var other = address.getAddress();
        if (one.length != other.length || (port != 0 && port != atPort)) return false;
        for (int bit = 0; bit < bits; bit++) {
            var mask = 0x80 >> bit % 8;
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
        }
        return true;
    }
}
