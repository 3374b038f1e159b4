package io.ringcode.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An answer, which must not be taken too slowly. It goes out in pieces, because a write of many bytes waits as often as it likes. */
final class PacedOutput extends ServletOutputStream {
    private static final int PIECE = 8 * 1024;

    private final ServletOutputStream answer;
    private final Pace pace = new Pace();

    PacedOutput(ServletOutputStream answer) {
        this.answer = answer;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void timed(int bytes, Write write) throws IOException {
        var from = System.nanoTime();
        try {
            write.run();
        } catch (IOException broken) {
            throw new ConnectionTooSlow(broken);
        }
        pace.count(from, bytes, "The answer is taken too slowly");
    }

    @Override
    public void write(int one) throws IOException {
        timed(1, () -> answer.write(one));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += PIECE) {
            var from = offset + at;
            var size = Math.min(PIECE, length - at);
            timed(size, () -> answer.write(bytes, from, size));
        }
    }

    @Override
    public void flush() throws IOException {
        timed(0, answer::flush);
    }

    @Override
    public void close() throws IOException {
        timed(0, answer::close);
    }

    @Override
    public boolean isReady() {
        return answer.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        answer.setWriteListener(listener);
    }
}
