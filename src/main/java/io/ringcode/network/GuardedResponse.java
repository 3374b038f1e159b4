package io.ringcode.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP/1.1 response (RFC 9112) with all of its body, read within bounds. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares responses
public record GuardedResponse(int status, HttpHeaders headers, byte[] body) {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_LINES = 200;

    static GuardedResponse read(InputStream in, int most) throws IOException {
        int status = status(line(in));
        var headers = headers(in);
        // Interim responses go before the one that counts.
        while (status / 100 == 1) {
            status = status(line(in));
            headers = headers(in);
        }
        var none = status == 204 || status == 304;
        return new GuardedResponse(status, headers, none ? new byte[0] : body(in, headers, most));
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d(?: .*)?")) throw new IOException("The answer is not HTTP/1.1");
        return Integer.parseInt(line.substring(9, 12));
    }

    private static HttpHeaders headers(InputStream in) throws IOException {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int lines = 0; lines < MOST_LINES; lines++) {
            var line = line(in);
            if (line.isEmpty()) return HttpHeaders.of(all, (_, _) -> true);
            var colon = line.indexOf(':');
            if (colon < 1) throw new IOException("The answer has a header without a name");
            all.computeIfAbsent(line.substring(0, colon).strip(), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        throw new IOException("The answer has more than " + MOST_LINES + " headers");
    }

    private static byte[] body(InputStream in, HttpHeaders headers, int most) throws IOException {
        if (headers.firstValue("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) return chunks(in, most);
        var length = headers.firstValue("Content-Length").orElse("");
        if (length.isEmpty()) return upTo(most, in.readNBytes(most + 1));
        if (!length.matches("\\d{1,9}") || Integer.parseInt(length) > most) throw tooLarge(most);
        return exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in, int most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            var size = line(in).replaceAll(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) throw new IOException("The answer has a chunk without a size");
            var length = Integer.parseInt(size, 16);
            if (length == 0) return bytes.toByteArray();
            if (bytes.size() + length > most) throw tooLarge(most);
            bytes.writeBytes(exactly(in, length));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new IOException("The answer broke off");
        return bytes;
    }

    private static byte[] upTo(int most, byte[] bytes) throws IOException {
        if (bytes.length > most) throw tooLarge(most);
        return bytes;
    }

    private static IOException tooLarge(int most) {
        return new IOException("The answer has more than " + most + " bytes");
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new IOException("The answer broke off");
            if (bytes.size() == LONGEST_LINE) throw new IOException("The answer has too long a line");
            if (next != '\r') bytes.write(next);
        }
        return bytes.toString(ISO_8859_1);
    }

    @Override
    public String toString() {
        return "GuardedResponse[" + status + "]";
    }
}
