package io.ringcode.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy whose network can be broken: cut, refused, or silent, as behind a firewall that forgets or a paused machine. */
public final class TcpProxy implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile ServerSocket door;

    /** @param target a port of this machine */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        this.port = door.getLocalPort();
        listen(door);
    }

    public int port() {
        return port;
    }

    /** A JDBC URL that leads through here. */
    public static String through(TcpProxy proxy, String url) {
        return url.replaceFirst("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:" + proxy.port());
    }

    /** Of a JDBC URL. */
    public static int portOf(String url) {
        return Integer.parseInt(url.replaceFirst(".*127\\.0\\.0\\.1:([0-9]+)/.*", "$1"));
    }

    private void listen(ServerSocket here) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var link = new Link(here.accept());
                    links.add(link);
                    // Whoever was let in while the door closed is sent away with all others.
                    if (here.isClosed()) link.close();
                    Thread.ofVirtual().start(link::open);
                }
            } catch (IOException closed) {
                // refused from now on
            }
        });
    }

    /** Every connection that there is ends at once; new ones are taken. */
    public void cut() {
        for (var link : links) link.close();
    }

    /** Nobody listens. */
    public void refuse() {
        close(door);
        cut();
    }

    /** Whatever is sent stays on its way, also over new connections. */
    public void silence() {
        silent = true;
    }

    /** The connections that there are carry nothing any more, for good; new ones do. */
    public void forget() {
        for (var link : links) link.forgotten = true;
    }

    /** How many connections there are, silent ones too. */
    public int links() {
        return links.size();
    }

    /** All is well again; what was silenced arrives. */
    public void heal() {
        try {
            silent = false;
            if (!door.isClosed()) return;
            var again = new ServerSocket();
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
            door = again;
            listen(again);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    @Override
    public void close() {
        refuse();
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception gone) {
            // it is closed
        }
    }

    private final class Link {
        private final Socket from;
        private volatile Socket to = new Socket();
        private volatile boolean forgotten;
        private volatile boolean closed;

        Link(Socket from) {
            this.from = from;
        }

        void open() {
            try {
                await();
                to = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
                if (closed) close();
                Thread.ofVirtual().start(() -> carry(from, to));
                carry(to, from);
            } catch (IOException broken) {
                close();
            }
        }

        private void carry(Socket one, Socket other) {
            try {
                var bytes = new byte[16 * 1024];
                var in = one.getInputStream();
                var out = other.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    await();
                    out.write(bytes, 0, read);
                }
            } catch (IOException broken) {
                // ends the link
            } finally {
                close();
            }
        }

        private void await() throws IOException {
            try {
                while ((silent || forgotten) && !closed) Thread.sleep(5);
                if (closed) throw new IOException("cut");
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }

        void close() {
            closed = true;
            TcpProxy.close(from);
            TcpProxy.close(to);
            links.remove(this);
        }
    }
}
