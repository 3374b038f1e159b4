package io.ringcode.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A guarded resolver: looks a name up once, checks the addresses, and connects to one of those that may be reached. Whatever
 * uses it has threads of its own for look-ups, so that the names of one door do not hold up another.
 */
public final class Dialer implements AutoCloseable {
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A look-up blocks its thread in the system's library, where a virtual thread would hold up all others. */
    private static final int LOOK_UPS_AT_ONCE = 8;

    private final AddressPolicy addressPolicy;
    private final ExecutorService names = Executors.newFixedThreadPool(
            LOOK_UPS_AT_ONCE,
            Thread.ofPlatform().name("dialer-names-", 0).daemon().factory());

    public Dialer(AddressPolicy addressPolicy) {
        this.addressPolicy = addressPolicy;
    }

    /** Why there is no connection, with the code that Node.js would have given it. */
    public static final class Refused extends IOException {
        private final String code;

        Refused(String code, String sentence) {
            super(sentence);
            this.code = code;
        }

        public String code() {
            return code;
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /** The code of a refusal by the policy, which no further attempt changes. */
    public static final String NOT_ALLOWED = "EACCES";

    /** Whether an address written in digits, or the name of this machine, may not be reached; other names are judged when they are resolved. */
    public boolean refuses(String host, int port) {
        try {
            var bare = host.replaceAll("^\\[|]$", "");
            var address =
                    bare.equalsIgnoreCase("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(bare);
            return !addressPolicy.allows(address, port);
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    public SocketChannel dial(String host, int port) throws IOException {
        if (host.isBlank() || port < 1 || port > 65535) throw new Refused("EINVAL", "No host or port to connect to");
        var addresses = lookUp(host);
        var address = Arrays.stream(addresses)
                .filter(each -> addressPolicy.allows(each, port))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        NOT_ALLOWED,
                        "Not allowed to connect to " + host + ":" + port
                                + ": it is not public, and RINGCODE_REACHABLE does not name it"));
        return connect(new InetSocketAddress(address, port), host);
    }

    private InetAddress[] lookUp(String host) throws IOException {
        try {
            return names.submit(() -> InetAddress.getAllByName(host)).get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException unknown) {
            throw new Refused("ENOTFOUND", "There is no host " + host);
        } catch (TimeoutException | RejectedExecutionException late) {
            throw new Refused("EAI_AGAIN", "The name " + host + " could not be looked up in time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused("EAI_AGAIN", "The server is stopping");
        }
    }

    private static SocketChannel connect(InetSocketAddress to, String host) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.socket().connect(to, (int) CONNECT.toMillis());
            channel.socket().setTcpNoDelay(true);
            return channel;
        } catch (IOException failure) {
            channel.close();
            throw switch (failure) {
                case SocketTimeoutException _ -> new Refused("ETIMEDOUT", "No answer from " + host);
                case ConnectException _ -> new Refused("ECONNREFUSED", "No connection to " + host + ":" + to.getPort());
                default -> new Refused("EHOSTUNREACH", "No way to " + host);
            };
        }
    }

    @Override
    public void close() {
        names.shutdownNow();
    }
}
