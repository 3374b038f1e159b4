package io.ringcode.server.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ringcode.server.copy.TableCopy;
import io.ringcode.server.copy.Tables;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKey;
import io.ringcode.server.storage.MasterKeys;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The format of a backup: a line in plain text that names it and its master key, then, compressed and encrypted, the schema's number and for
 * each table its name, columns, rows as COPY writes them, and how many there are.
 */
final class BackupFile {
    private static final Pattern HEADER = Pattern.compile("ringcode-backup 1 ([0-9a-f]{8}) [0-9a-f]{32}");
    private static final int LONGEST_HEADER = 100;
    private static final int BLOCK = 65_536;

    private BackupFile() {}

    /** @return how many rows of each table */
    static Map<String, Long> write(
            OutputStream file, MasterKey key, int schema, Connection from, Consumer<String> progress)
            throws SQLException, IOException {
        var salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        var header = "ringcode-backup 1 " + key.id() + " " + HexFormat.of().formatHex(salt);
        file.write((header + "\n").getBytes(US_ASCII));
        var rows = new LinkedHashMap<String, Long>();
        try (var out = new DataOutputStream(new GZIPOutputStream(SealedStreams.writing(file, key, header), BLOCK))) {
            out.writeInt(schema);
            for (var table : Tables.of(from).entrySet()) {
                out.writeUTF(table.getKey());
                out.writeUTF(table.getValue());
                long count;
                try (var blocks = new Blocks(out)) {
                    count = TableCopy.out(from, table.getKey(), table.getValue(), blocks);
                }
                out.writeLong(count);
                rows.put(table.getKey(), count);
                TableCopy.tell(progress, table.getKey(), count);
            }
            out.writeUTF("");
        }
        return rows;
    }

    interface Content {
        void schema(int version) throws SQLException, IOException;

        /** @param rows to be read to their end */
        long table(String name, String columns, InputStream rows) throws SQLException, IOException;
    }

    /** @return how many rows of each table */
    static Map<String, Long> read(InputStream file, MasterKeys keys, Content content) throws SQLException, IOException {
        var buffered = new BufferedInputStream(file);
        var header = line(buffered);
        var parts = HEADER.matcher(header);
        if (!parts.matches()) throw new IOException("it is no backup of Ringcode, or of a newer release");
        var key = keys.find(parts.group(1));
        if (key == null)
            throw StartRefused.because("The backup is under the master key " + parts.group(1) + ", which is not given ("
                    + String.join(", ", keys.ids()) + " is): put it behind the others");
        var rows = new LinkedHashMap<String, Long>();
        try (var in = new DataInputStream(new GZIPInputStream(SealedStreams.reading(buffered, key, header), BLOCK))) {
            content.schema(in.readInt());
            for (var table = in.readUTF(); !table.isEmpty(); table = in.readUTF()) {
                var columns = in.readUTF();
                var count = content.table(table, columns, new OfBlocks(in));
                if (count != in.readLong()) throw new IOException("the table " + table + " is not complete");
                rows.put(table, count);
            }
            // To the last chunk, which says that it is the last.
            if (in.read() >= 0) throw new IOException("something follows its end");
        }
        return rows;
    }

    private static String line(InputStream file) throws IOException {
        var line = new StringBuilder();
        for (int one = file.read(); one >= 0 && one != '\n' && line.length() < LONGEST_HEADER; one = file.read())
            line.append((char) one);
        return line.toString();
    }

    /** Rows, whose number is not known before, as blocks with their lengths; an empty one ends them. */
    private static final class Blocks extends OutputStream {
        private final DataOutputStream out;

        Blocks(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) return;
            out.writeInt(length);
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.writeInt(0);
        }
    }

    private static final class OfBlocks extends InputStream {
        private final DataInputStream in;
        private int left = -1;

        OfBlocks(DataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left < 0) left = in.readInt();
            if (left == 0) return -1;
            var some = in.read(bytes, from, Math.min(length, left));
            if (some < 0) throw new IOException("it was cut off");
            left -= some;
            if (left == 0) left = -1;
            return some;
        }
    }
}
