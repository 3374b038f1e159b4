package io.ringcode.bench;

import io.ringcode.server.copy.TableCopy;
import io.ringcode.server.copy.Tables;
import io.ringcode.server.postgres.CommandDatabase;
import io.ringcode.server.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A database with the tables of an earlier version and people in them: what this version writes for a tenant, as far as those
 * tables have a place for it.
 */
record OlderSchema(String url, Tenant tenant) {
    private static final String NAME = "older";

    static OlderSchema furnish(Testbed bed, int schema) throws Exception {
        var tenant = bed.seeded(Tenant::usual, 0);
        try (var postgres = bed.connection();
                var statement = postgres.createStatement()) {
            statement.execute("CREATE DATABASE " + NAME);
        }
        var url = bed.postgres().jdbcUrl().replaceFirst("[^/]*$", NAME);
        var settings = Settings.read(new String[0], bed.environment(url));
        try (var database = CommandDatabase.external(Objects.requireNonNull(settings.database()));
                var from = bed.connection();
                var into = database.connect()) {
            TableCopy.prepare(database::migrateTo, schema, into);
            copy(from, into);
            TableCopy.finish(into);
        }
        Report.progress("seeds " + Tenant.PEOPLE + " people in schema " + schema);
        var postgres = bed.postgres();
        try (var owner = DriverManager.getConnection(url, postgres.username(), postgres.password())) {
            tenant.growTo(Tenant.PEOPLE, owner);
        }
        return new OlderSchema(url, tenant);
    }

    private static void copy(Connection from, Connection into) throws SQLException, IOException {
        var newer = Tables.of(from);
        for (var table : Tables.of(into).entrySet()) {
            var columns = newer.get(table.getKey());
            if (columns == null) continue;
            var there = new HashSet<>(Arrays.asList(columns.split(", ", -1)));
            var common = Arrays.stream(table.getValue().split(", ", -1))
                    .filter(there::contains)
                    .collect(Collectors.joining(", "));
            var rows = new ByteArrayOutputStream();
            TableCopy.out(from, table.getKey(), common, rows);
            TableCopy.in(into, table.getKey(), common, new ByteArrayInputStream(rows.toByteArray()));
        }
    }
}
