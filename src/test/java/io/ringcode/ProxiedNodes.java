package io.ringcode;

import io.ringcode.cluster.HaProxy;
import io.ringcode.server.RingcodeServer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Servers on one database, and the HAProxy that shares requests among them. */
record ProxiedNodes(List<RingcodeServer> servers, HaProxy proxy) implements AutoCloseable {
    /** What a server remembers of settings is half a second old at the most, as docs/operations.md promises. */
    private static final Duration AGREED = Duration.ofMillis(520);

    static ProxiedNodes of(List<RingcodeServer> servers) {
        try {
            var folder = Files.createTempDirectory("ringcode-proxy");
            folder.toFile().deleteOnExit();
            var ports = servers.stream().map(RingcodeServer::port).toList();
            return new ProxiedNodes(servers, HaProxy.before(ports, folder));
        } catch (Exception failure) {
            servers.forEach(RingcodeServer::close);
            throw new IllegalStateException(failure);
        }
    }

    /** Waits, where an administrator has asked for a change, until no node can remember what was before. */
    void agree(HttpRequest asked) {
        var path = asked.uri().getPath();
        var changes = !asked.method().equals("GET") && (path.startsWith("/api/v2/") || path.startsWith("/console"));
        var until = System.nanoTime() + AGREED.toNanos();
        while (changes && System.nanoTime() < until) LockSupport.parkNanos(until - System.nanoTime());
    }

    @Override
    public void close() {
        proxy.close();
        servers.forEach(RingcodeServer::close);
    }
}
