package io.ringcode.network;

import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * TCP and TLS connections to addresses that an administrator typed: made by {@link Dialer} to the very address that was checked,
 * with TLS laid over it under the name, and ended when their time is over.
 */
@Component
public final class GuardedSockets implements DisposableBean {
    private final Dialer dialer;
    private final SSLSocketFactory tls;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("guarded-sockets-deadlines").daemon().factory());

    @Autowired
    GuardedSockets(Settings settings) {
        this(new Dialer(new AddressPolicy(settings.reachable())), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    public GuardedSockets(Dialer dialer, SSLSocketFactory tls) {
        this.dialer = dialer;
        this.tls = tls;
    }

    /** @param secure whether TLS is spoken, and the certificate checked */
    public record Address(String host, int port, boolean secure) {}

    /** What is done over a connection. */
    public interface Work<T> {
        T with(Socket socket) throws IOException;
    }

    /** Whether the address can be refused at once, because it is written in digits and may not be reached. */
    public boolean refuses(Address address) {
        return dialer.refuses(address.host(), address.port());
    }

    /**
     * @throws Dialer.Refused when there is no connection, with {@link Dialer#NOT_ALLOWED} where none may be made
     * @throws HttpTimeoutException when the work was not done in time
     */
    public <T> T connected(Address to, Duration total, Work<T> work) throws IOException {
        var end = System.nanoTime() + total.toNanos();
        try (var channel = dialer.dial(to.host().replaceAll("^\\[|]$", ""), to.port())) {
            // Closing ends whatever waits on it: a time-out of the socket would begin anew with each byte that drips.
            var deadline = deadlines.schedule(() -> close(channel), end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try (var socket = to.secure() ? secured(channel.socket(), to) : channel.socket()) {
                return work.with(socket);
            } catch (IOException broken) {
                if (System.nanoTime() >= end) throw new HttpTimeoutException("No whole answer in time");
                throw broken;
            } finally {
                deadline.cancel(false);
            }
        }
    }

    /**
     * Sends everything and the end of it, and waits until the other side has ended too: what a connection has taken is else
     * lost when it breaks off.
     *
     * @throws IOException when the other side did not end the connection, or {@code total} was over
     */
    public void send(Address to, byte[] data, Duration total) throws IOException {
        var _ = connected(to, total, socket -> {
            socket.getOutputStream().write(data);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            var answer = new byte[1024];
            // Whatever is said is no part of a protocol that only goes one way.
            int read = 0;
            while (read >= 0) read = socket.getInputStream().read(answer);
            return to;
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // closed all the same
        }
    }

    /** TLS over a connection (STARTTLS), with the name for SNI, and checked against the certificate. */
    public Socket secured(Socket plain, Address to) throws IOException {
        var socket = (SSLSocket) tls.createSocket(plain, to.host(), to.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
        dialer.close();
    }
}
