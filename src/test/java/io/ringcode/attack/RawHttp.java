package io.ringcode.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends what no HTTP client would, byte for byte. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /** @param status 0 where the server closed the connection without a word */
    record Reply(int status, String head, String body) {}

    /** @param request one character a byte; must ask for the connection to be closed */
    static Reply send(int port, String request) throws IOException {
        return send(InetAddress.getLoopbackAddress(), port, request);
    }

    /** @param from an address of this machine that the connection comes from */
    static Reply send(InetAddress from, int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            var end = answer.indexOf("\r\n\r\n");
            if (end < 0) return new Reply(0, answer, "");
            return new Reply(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("No answer to " + request, silent);
        }
    }
}
