package io.ringcode.mail;

import io.ringcode.network.GuardedSockets;
import io.ringcode.network.GuardedSockets.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** How the mail library begins TLS (STARTTLS): under the name that was set, and checked against the certificate. */
final class StartTls extends SSLSocketFactory {
    private static final String ELSEWHERE = "Connections are made by GuardedSockets";

    private final GuardedSockets sockets;
    private final MailServer server;

    StartTls(GuardedSockets sockets, MailServer server) {
        this.sockets = sockets;
        this.server = server;
    }

    /** @param host what the library takes the peer for, which is not asked */
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return sockets.secured(socket, new Address(server.host(), server.port(), true));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }
}
