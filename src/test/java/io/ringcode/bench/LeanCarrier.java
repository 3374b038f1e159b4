package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A carrier in Twilio's manner that takes every message at once, and hands the code over in memory. */
final class LeanCarrier implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("(?<![0-9A-F%])[0-9]{6}(?![0-9])");
    private static final String BODY = "{\"sid\":\"SM00000000000000000000000000000001\",\"status\":\"queued\"}";
    private static final byte[] TAKEN = ("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(US_ASCII);

    private final ServerSocket listening;
    private final ConcurrentHashMap<String, String> codes = new ConcurrentHashMap<>();

    LeanCarrier() throws IOException {
        listening = new ServerSocket(0, 256, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** The code in the latest message to this number, which is then forgotten; empty when there was none. */
    String take(String number) {
        var code = codes.remove(number);
        return code == null ? "" : code;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            if (!listening.isClosed()) throw new UncheckedIOException(closed);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new HttpReader(socket.getInputStream());
            var out = socket.getOutputStream();
            while (true) {
                var form = in.read().body();
                var code = CODE.matcher(field(form, "Body="));
                if (code.find()) codes.put("+" + field(form, "To=").substring(3), code.group());
                out.write(TAKEN);
            }
        } catch (IOException ended) {
            // the server closed a connection that it no longer needs, or went away
        }
    }

    private static String field(String form, String name) {
        var from = form.startsWith(name) ? name.length() : form.indexOf("&" + name) + name.length() + 1;
        var to = form.indexOf('&', from);
        return form.substring(from, to < 0 ? form.length() : to);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
