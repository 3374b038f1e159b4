package io.ringcode.log.chain;

import io.ringcode.tenant.TenantId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads lines of the log by PostgreSQL's binary COPY, tenant after tenant, those of each in the order of the chain. */
final class LineReader {
    private static final String COLUMNS = "tenant_id, id, at, type, user_id, client_id, data::text, written";
    private static final int SIGNATURE = 11;
    private static final short END = -1;

    private final CopyOut copy;
    private byte[] rows = {};
    private int offset;
    private boolean begun;

    private LineReader(CopyOut copy) {
        this.copy = copy;
    }

    /**
     * Lines of an era.
     *
     * @param afterId the ids of its lines are greater
     * @param topId and not greater than this one; null for the era of now
     * @param from the first number of a transaction, and {@code until} the one behind the last
     * @param tenant null for all
     */
    record Range(
            String afterId,
            @Nullable String topId,
            long from,
            long until,
            @Nullable TenantId tenant) {
        String condition() {
            return "written >= " + from + " AND written < " + until
                    + (afterId.isEmpty() ? "" : " AND id COLLATE \"C\" > " + literal(afterId))
                    + (topId == null ? "" : " AND id COLLATE \"C\" <= " + literal(topId))
                    + (tenant == null ? "" : " AND tenant_id = " + literal(tenant.value()));
        }

        /** COPY takes no parameters. */
        private static String literal(String text) {
            return "'" + text.replace("'", "''") + "'";
        }
    }

    /** To be read to its end, or the connection closed. */
    static LineReader of(Connection connection, Range range) throws SQLException {
        // Each database sorts letters in its own way, but for this one.
        return new LineReader(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + COLUMNS + " FROM log_line WHERE " + range.condition()
                        + " ORDER BY tenant_id COLLATE \"C\", written, id COLLATE \"C\") TO STDOUT (FORMAT binary)"));
    }

    /** @return null at the end */
    @Nullable
    StoredLine next() throws SQLException {
        while (offset >= rows.length) {
            var more = copy.readFromCopy();
            if (more == null) return null;
            rows = more;
            offset = 0;
            if (!begun) skipHeader();
        }
        var buffer = ByteBuffer.wrap(rows);
        var columns = buffer.getShort(offset);
        if (columns == END) {
            rows = new byte[0];
            offset = 0;
            return next();
        }
        var end = offset + Short.BYTES;
        for (int i = 0; i < columns; i++) end += Integer.BYTES + Math.max(0, buffer.getInt(end));
        var line = new StoredLine(rows, offset, end - offset);
        offset = end;
        return line;
    }

    /** Its last part says how long what follows in it is. */
    private void skipHeader() {
        begun = true;
        var extension = ByteBuffer.wrap(rows).getInt(SIGNATURE + Integer.BYTES);
        offset = SIGNATURE + 2 * Integer.BYTES + extension;
    }
}
