package io.ringcode.server.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ringcode.server.storage.MasterKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file's encryption (the STREAM construction with AES-256-GCM): chunks of 64 KB under a key of this file alone, numbered by their
 * nonces, the last one marked. So a chunk that was changed, moved, left out or cut off does not open.
 */
final class SealedStreams {
    private static final int CHUNK = 65_536;
    private static final int TAG = 16;

    private SealedStreams() {}

    private static final class Chunks {
        private final SecretKeySpec key;
        private final byte[] header;
        private long number;

        Chunks(MasterKey master, String header) {
            this.key = new SecretKeySpec(master.derive("backup/" + header, 32), "AES");
            this.header = header.getBytes(US_ASCII);
        }

        byte[] next(int mode, byte[] chunk, int length, boolean last) throws IOException {
            var nonce = ByteBuffer.allocate(12)
                    .put((byte) (last ? 1 : 0))
                    .position(4)
                    .putLong(number++)
                    .array();
            try {
                var cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
                cipher.updateAAD(header);
                return cipher.doFinal(chunk, 0, length);
            } catch (GeneralSecurityException unfit) {
                throw new IOException("it was changed, or cut off, or is of another master key", unfit);
            }
        }
    }

    /** @param header names the file; what is written opens behind this header alone */
    static OutputStream writing(OutputStream file, MasterKey master, String header) {
        var chunks = new Chunks(master, header);
        var out = new DataOutputStream(file);
        return new OutputStream() {
            private final byte[] chunk = new byte[CHUNK];
            private int filled;
            private boolean closed;

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                int at = from;
                while (at < from + length) {
                    if (filled == CHUNK) put(false);
                    var some = Math.min(CHUNK - filled, from + length - at);
                    System.arraycopy(bytes, at, chunk, filled, some);
                    filled += some;
                    at += some;
                }
            }

            private void put(boolean last) throws IOException {
                var sealed = chunks.next(Cipher.ENCRYPT_MODE, chunk, filled, last);
                out.writeByte(last ? 1 : 0);
                out.writeInt(sealed.length);
                out.write(sealed);
                filled = 0;
            }

            @Override
            public void close() throws IOException {
                if (closed) return;
                closed = true;
                put(true);
                out.flush();
                Arrays.fill(chunk, (byte) 0);
            }
        };
    }

    static InputStream reading(InputStream file, MasterKey master, String header) {
        var chunks = new Chunks(master, header);
        var in = new DataInputStream(file);
        return new InputStream() {
            private byte[] chunk = {};
            private int at;
            private boolean last;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (length == 0) return 0;
                while (at == chunk.length) {
                    if (last) return -1;
                    take();
                }
                var some = Math.min(length, chunk.length - at);
                System.arraycopy(chunk, at, bytes, from, some);
                at += some;
                return some;
            }

            private void take() throws IOException {
                try {
                    last = in.readByte() == 1;
                    var length = in.readInt();
                    if (length < TAG || length > CHUNK + TAG) throw new IOException("it was changed");
                    chunk = chunks.next(Cipher.DECRYPT_MODE, in.readNBytes(length), length, last);
                    at = 0;
                } catch (EOFException | IllegalArgumentException cut) {
                    throw new IOException("it was cut off", cut);
                }
            }
        };
    }
}
