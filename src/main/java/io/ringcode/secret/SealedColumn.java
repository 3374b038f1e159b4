package io.ringcode.secret;

/**
 * A column with sealed values, published as a bean by the module that owns the table, so that its values are sealed anew when the
 * master key turns.
 *
 * @param key the columns of the table's primary key, with commas between
 * @param rows a condition in SQL for the rows that have one
 * @param purpose whose {@link Sealer} it is
 * @param context an expression in SQL for the context of a row's value, its parts one line each
 */
public record SealedColumn(
        String table, String key, String column, String rows, String purpose, String context, Form form) {

    public sealed interface Form {
        /** The column is what was sealed. */
        record Bytes() implements Form {}

        /** The column is a JSON object, whose members are sealed (in Base64) each by itself, with its name as the context's last part. */
        record Members() implements Form {}

        /** The column is a JSON object with one sealed member, in base64url. */
        record Token(String member) implements Form {}
    }

    /**
     * A column of bytes.
     *
     * @param key the columns of the primary key behind {@code tenant_id}, with commas between
     * @param context expressions in SQL for the parts of the context behind the tenant, with commas between
     */
    public static SealedColumn bytes(String table, String key, String column, String purpose, String context) {
        return new SealedColumn(
                table,
                "tenant_id, " + key,
                column,
                column + " IS NOT NULL",
                purpose,
                "concat_ws(E'\\n', tenant_id, " + context + ")",
                new Form.Bytes());
    }
}
