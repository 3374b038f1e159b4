package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines that a worker writes, as long as they are not too long and most of them make sense. */
final class Lines implements AutoCloseable {
    private static final int LONGEST = 256 * 1024;

    private final InputStream in;
    private final long mostNoise;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long noise;

    Lines(InputStream in, long mostNoise) {
        this.in = new BufferedInputStream(in);
        this.mostNoise = mostNoise;
    }

    static final class TooMuch extends IOException {}

    final class Line {
        private final String text;

        private Line(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Counts this line as one that means nothing. */
        void noise() {
            noise += text.length() + 1L;
        }
    }

    /** @return null at the end */
    @Nullable
    Line next() throws IOException {
        if (noise > mostNoise) throw new TooMuch();
        bytes.reset();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) return bytes.size() == 0 ? null : new Line(bytes.toString(UTF_8));
            if (bytes.size() == LONGEST) throw new TooMuch();
            bytes.write(next);
        }
        return new Line(bytes.toString(UTF_8));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
