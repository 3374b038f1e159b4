package io.ringcode.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.carrier.CarrierReply.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** As much HTTP/1.1 as a carrier's client needs: bodies with a length, connections that stay. */
final class Wire {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** @return null at the connection's end */
    @Nullable
    CarrierRequest read() throws IOException {
        var first = line();
        if (first.isEmpty()) return null;
        var words = first.split(" ", 3);
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new CarrierRequest(words[0], words[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) if (next != '\r') line.write(next);
        return line.toString(ISO_8859_1);
    }

    void write(Answer answer) throws IOException {
        var body = answer.body().getBytes(UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " As-scripted\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(ISO_8859_1));
        whole.writeBytes(body);
        out.write(whole.toByteArray());
    }

    void beginEndless() throws IOException {
        out.write("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
    }

    void chunk(String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(ISO_8859_1));
    }

    void noise() throws IOException {
        out.write("% this was never HTTP %\r\n\r\n".getBytes(ISO_8859_1));
    }

    /** Closing with linger 0 sends RST instead of FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
