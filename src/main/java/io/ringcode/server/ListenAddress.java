package io.ringcode.server;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** The port is tried before the database is started for nothing. */
final class ListenAddress {
    private ListenAddress() {}

    static void requireFree(@Nullable String address, int port) {
        if (port == 0) return;
        var endpoint = address == null
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.ofLiteral(address), port);
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(endpoint);
        } catch (IOException failure) {
            throw new StartRefused(
                    1,
                    "Port " + port + (address == null ? "" : " of " + address) + " cannot be used ("
                            + Failures.reason(failure)
                            + "): choose another with --port, --tls-port or their variables");
        }
    }
}
