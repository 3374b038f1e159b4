package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** One application's connection to the server, kept over all its requests. */
final class Connection implements AutoCloseable {
    record Answer(int status, String body) {
        /** A text member of the JSON object that {@code body} is. */
        String text(String name) {
            var from = body.indexOf("\"" + name + "\":\"") + name.length() + 4;
            if (from < name.length() + 4) throw new IllegalStateException("No " + name + " in " + body);
            return body.substring(from, body.indexOf('"', from));
        }
    }

    /** Servers close a connection that nobody has used for a while; this one closes it after 20 s. */
    private static final long LONGEST_IDLE = Duration.ofSeconds(10).toNanos();

    private final int port;
    private final String host;
    private long lastUsed = System.nanoTime();
    private Socket socket;
    private OutputStream out;
    private HttpReader in;

    Connection(int port) throws IOException {
        this(port, "localhost");
    }

    /** @param host as the requests name it, by which the server knows the tenant */
    Connection(int port, String host) throws IOException {
        this.port = port;
        this.host = host + ":" + port;
        this.socket = open();
        this.out = socket.getOutputStream();
        this.in = new HttpReader(socket.getInputStream());
    }

    private Socket open() throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** As any client does after an error, or when the server said that it closes. */
    void renew() throws IOException {
        socket.close();
        socket = open();
        out = socket.getOutputStream();
        in = new HttpReader(socket.getInputStream());
        lastUsed = System.nanoTime();
    }

    Answer post(String path, String contentType, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private Answer send(String request) throws IOException {
        if (System.nanoTime() - lastUsed > LONGEST_IDLE) renew();
        out.write(request.getBytes(US_ASCII));
        var message = in.read();
        lastUsed = System.nanoTime();
        if (message.last()) renew();
        return new Answer(Integer.parseInt(message.start().substring(9, 12)), message.body());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
