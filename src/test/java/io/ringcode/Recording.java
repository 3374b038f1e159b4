package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** What this process prints from now on, which is printed all the same. */
final class Recording implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Recording() {
        System.setOut(new PrintStream(new Tee(out), true, UTF_8));
        System.setErr(new PrintStream(new Tee(err), true, UTF_8));
    }

    String text() {
        return heard.toString(UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private final class Tee extends OutputStream {
        private final PrintStream through;

        Tee(PrintStream through) {
            this.through = through;
        }

        @Override
        public void write(int one) {
            heard.write(one);
            through.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            heard.write(bytes, from, length);
            through.write(bytes, from, length);
        }
    }
}
