package io.ringcode.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A request's body, which must not come too slowly. */
final class PacedInput extends ServletInputStream {
    private final ServletInputStream body;
    private final Pace pace = new Pace();

    PacedInput(ServletInputStream body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var from = System.nanoTime();
        int got;
        try {
            got = body.read(into, offset, length);
        } catch (IOException broken) {
            throw new ConnectionTooSlow(broken);
        }
        if (got >= 0) pace.count(from, got, "The body comes too slowly");
        return got;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
