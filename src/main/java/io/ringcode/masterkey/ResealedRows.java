package io.ringcode.masterkey;

import io.ringcode.secret.KeyMark;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.SealedColumn;
import io.ringcode.secret.SealedColumn.Form;
import io.ringcode.secret.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows of sealed columns, found and sealed anew along their primary key. Which tables, the modules say that own them. */
@Component
class ResealedRows {
    private static final Logger log = LoggerFactory.getLogger(ResealedRows.class);

    /** Some ten milliseconds of locks. */
    private static final int BATCH = 200;

    private final JdbcClient db;
    private final Keyring keys;
    private final ObjectMapper json;
    private final TransactionTemplate transaction;

    ResealedRows(JdbcClient db, Keyring keys, ObjectMapper json, PlatformTransactionManager transactions) {
        this.db = db;
        this.keys = keys;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** How many values of a column are not under the master key of the day. */
    long count(SealedColumn column) {
        var mark = keys.mark();
        if (column.form() instanceof Form.Bytes)
            return db.sql("SELECT count(*) FROM " + column.table() + " WHERE " + olderBytes(column))
                    .params(mark.bytes().length, mark.bytes())
                    .query(Long.class)
                    .single();
        // Settings, of which a tenant has a few.
        return db
                .sql("SELECT " + column.column() + " AS value FROM " + column.table() + " WHERE " + column.rows())
                .query((row, _) -> row.getString("value"))
                .list()
                .stream()
                .mapToLong(value -> older(column.form(), (ObjectNode) json.readTree(value), mark))
                .sum();
    }

    Walk walk(SealedColumn column) {
        return new Walk(column);
    }

    private static String olderBytes(SealedColumn column) {
        return column.rows() + " AND substring(" + column.column() + " FROM 1 FOR ?) <> ?";
    }

    private static long older(Form form, ObjectNode object, KeyMark mark) {
        return members(form, object).stream()
                .filter(name -> !mark.isBefore(decoded(form, object, name)))
                .count();
    }

    private static List<String> members(Form form, ObjectNode object) {
        return switch (form) {
            case Form.Bytes _ -> List.of();
            case Form.Members _ -> List.copyOf(object.propertyNames());
            case Form.Token(var member) -> object.path(member).isString() ? List.of(member) : List.of();
        };
    }

    private static byte[] decoded(Form form, ObjectNode object, String name) {
        var text = object.path(name).asString();
        return (form instanceof Form.Token ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    }

    /** Along a table's primary key, once. */
    final class Walk {
        private final SealedColumn column;
        private final Sealer sealer;
        private final KeyMark mark = keys.mark();
        private final int keyLength;
        private List<Object> after = List.of();
        private boolean underWay = true;
        private long resealed;

        @SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
        private record Row(
                List<Object> key,
                String context,
                byte @Nullable [] bytes,
                @Nullable String text) {}

        Walk(SealedColumn column) {
            this.column = column;
            this.sealer = keys.sealer(column.purpose());
            this.keyLength = column.key().split(",", -1).length;
        }

        boolean isUnderWay() {
            return underWay;
        }

        long resealed() {
            return resealed;
        }

        /**
         * Rows that somebody else has in hand are passed over, so this waits for no lock and can be in no deadlock; the next walk
         * finds them.
         *
         * @return how many values were sealed anew
         */
        int step() {
            var done = transaction.execute(_ -> {
                var rows = db.sql(select())
                        .params(bounds())
                        .query((row, _) -> read(row))
                        .list();
                underWay = rows.size() == BATCH;
                if (!rows.isEmpty()) after = rows.getLast().key();
                return rows.stream().mapToInt(this::reseal).sum();
            });
            resealed += done;
            return done;
        }

        private String select() {
            var bytes = column.form() instanceof Form.Bytes;
            return "SELECT " + column.key() + ", " + column.context() + " AS context, " + column.column()
                    + " AS value FROM " + column.table() + " WHERE " + (bytes ? olderBytes(column) : column.rows())
                    + (after.isEmpty() ? "" : " AND (" + column.key() + ") > (" + marks() + ")") + " ORDER BY "
                    + column.key() + " LIMIT " + BATCH + " FOR NO KEY UPDATE SKIP LOCKED";
        }

        private List<Object> bounds() {
            var bounds = new ArrayList<Object>();
            if (column.form() instanceof Form.Bytes) bounds.addAll(List.of(mark.bytes().length, mark.bytes()));
            bounds.addAll(after);
            return bounds;
        }

        private String marks() {
            return String.join(", ", Collections.nCopies(keyLength, "?"));
        }

        private Row read(ResultSet row) throws SQLException {
            var key = new ArrayList<Object>();
            for (int i = 1; i <= keyLength; i++) key.add(row.getObject(i));
            var bytes = column.form() instanceof Form.Bytes;
            return new Row(
                    List.copyOf(key),
                    row.getString("context"),
                    bytes ? row.getBytes("value") : null,
                    bytes ? null : row.getString("value"));
        }

        private int reseal(Row row) {
            if (row.bytes() != null) {
                var fresh = anew(row, row.bytes(), row.context());
                fresh.ifPresent(value -> store(row.key(), "?", value));
                return fresh.isPresent() ? 1 : 0;
            }
            var object = (ObjectNode) json.readTree(row.text());
            int changed = 0;
            for (var name : members(column.form(), object)) {
                var value = decoded(column.form(), object, name);
                if (mark.isBefore(value)) continue;
                var token = column.form() instanceof Form.Token;
                var fresh = anew(row, value, token ? row.context() : row.context() + "\n" + name);
                if (fresh.isEmpty()) continue;
                var encoder = token ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder();
                object.put(name, encoder.encodeToString(fresh.get()));
                changed++;
            }
            if (changed > 0) store(row.key(), "?::jsonb", json.writeValueAsString(object));
            return changed;
        }

        /** What no key opens stays as it is: the turn does not end before somebody has looked at it. */
        private Optional<byte[]> anew(Row row, byte[] sealed, String context) {
            var opened = sealer.open(sealed, context);
            if (opened.isEmpty())
                log.warn(
                        "A value in {}.{} of the tenant {} opens under no master key",
                        column.table(),
                        column.column(),
                        row.key().getFirst());
            return opened.map(value -> sealer.seal(value, context));
        }

        private void store(List<Object> key, String value, Object fresh) {
            var values = new ArrayList<>(List.of(fresh));
            values.addAll(key);
            db.sql("UPDATE " + column.table() + " SET " + column.column() + " = " + value + " WHERE (" + column.key()
                            + ") = (" + marks() + ")")
                    .params(values)
                    .update();
        }
    }
}
