package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads one HTTP/1.1 message after the other from a connection that is kept, at a tenth of a real client's cost. */
final class HttpReader {
    /**
     * @param start the request or status line
     * @param last whether the other side closes the connection now
     */
    record Message(String start, String body, boolean last) {}

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;

    HttpReader(InputStream in) {
        this.in = in;
    }

    /** @throws EOFException also when the other side closed between two messages */
    Message read() throws IOException {
        var start = line();
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (is(header, "content-length:"))
                length = Integer.parseInt(header.substring(15).strip());
            else if (is(header, "transfer-encoding:")) chunked = true;
            else if (is(header, "connection: close")) last = true;
        }
        return new Message(start, chunked ? chunks() : new String(bytes(length), UTF_8), last);
    }

    private static boolean is(String header, String name) {
        return header.regionMatches(true, 0, name, 0, name.length());
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        while (true) {
            var size = Integer.parseInt(line(), 16);
            var chunk = bytes(size);
            line();
            if (size == 0) return body.toString();
            body.append(new String(chunk, UTF_8));
        }
    }

    /** Without its end. */
    private String line() throws IOException {
        int at = next;
        while (true) {
            if (at == end) {
                var done = at - next;
                fill();
                at = next + done;
            }
            if (buffer[at++] == '\n') break;
        }
        var line = new String(buffer, next, at - next - 2, ISO_8859_1);
        next = at;
        return line;
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        var there = Math.min(count, end - next);
        System.arraycopy(buffer, next, bytes, 0, there);
        next += there;
        if (in.readNBytes(bytes, there, count - there) < count - there)
            throw new EOFException("The other side closed the connection");
        return bytes;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, end - next);
        end -= next;
        next = 0;
        var got = in.read(buffer, end, buffer.length - end);
        if (got <= 0) throw new EOFException("The other side closed the connection");
        end += got;
    }
}
