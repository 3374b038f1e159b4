package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * A carrier that hands the code over in memory. It knows Twilio's form, and Mitto's JSON, whose code it does not look for; its
 * answer suits both.
 */
final class LeanCarrier implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("(?<![0-9A-F%])[0-9]{6}(?![0-9])");
    private static final byte[] TAKEN =
            answer("201 Created", "{\"sid\":\"SM00000000000000000000000000000001\",\"id\":\"1\",\"responseCode\":0}");
    private static final byte[] BUSY = answer("503 Service Unavailable", "{}");

    private final ServerSocket listening;
    private final ConcurrentHashMap<String, String> codes = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, String> hearer = (_, _) -> {};
    private volatile Duration pause = Duration.ZERO;
    private volatile int failures;

    /** Takes every message at once. */
    LeanCarrier() throws IOException {
        listening = new ServerSocket(0, 256, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * From now on.
     *
     * @param pause before each answer
     * @param failures of a hundred messages, how many it cannot take
     */
    void falter(Duration pause, int failures) {
        this.pause = pause;
        this.failures = failures;
    }

    /** @param hearer is told number and code of each message from now on */
    void tell(BiConsumer<String, String> hearer) {
        this.hearer = hearer;
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
                var body = in.read().body();
                if (!body.startsWith("{")) keep(body);
                if (!pause.isZero()) Thread.sleep(pause);
                out.write(ThreadLocalRandom.current().nextInt(100) < failures ? BUSY : TAKEN);
            }
        } catch (IOException | InterruptedException ended) {
            // the server closed a connection that it no longer needs, or went away
        }
    }

    private void keep(String form) {
        var code = CODE.matcher(field(form, "Body="));
        if (!code.find()) return;
        var number = "+" + field(form, "To=").substring(3);
        codes.put(number, code.group());
        hearer.accept(number, code.group());
    }

    private static byte[] answer(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
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
