package io.ringcode.log.chain;

import io.ringcode.masterkey.InstallationKeys;
import io.ringcode.server.LogVerifier;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKeys;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The command {@code verify-log}. */
public final class VerifyLog implements LogVerifier {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Override
    public boolean verify(
            Connections connections,
            MasterKeys given,
            @Nullable String tenant,
            @Nullable Path heads,
            Consumer<String> progress,
            Consumer<String> result)
            throws SQLException, InterruptedException {
        var elsewhere = heads == null ? List.<SignedHead>of() : read(heads);
        var only = tenant == null ? null : new TenantId(tenant);
        try (var setup = connections.open()) {
            requireChain(setup);
            var keys = InstallationKeys.read(setup, given);
            try (var verification = new LogVerification(connections, keys, only, every(progress))) {
                var checks = verification.run();
                var notes = new ArrayList<String>();
                var headCheck = new HeadCheck(verification);
                headCheck.ofDatabase(checks, only);
                for (var head : elsewhere)
                    if (only == null || only.equals(head.tenant()))
                        headCheck.fromElsewhere(head, checks).ifPresent(notes::add);
                var eras = verification.eras();
                LinesOutside.ofTheFuture(verification.main(), eras, only, checks);
                notes.addAll(LinesOutside.of(verification.main(), eras, only));
                checks.forEach((id, check) -> {
                    result.accept(id + ": " + VerificationText.of(check));
                    notes.addAll(VerificationText.notes(id, check));
                });
                if (only != null && !checks.containsKey(only.value()))
                    result.accept(only.value() + ": no line has a place");
                notes.forEach(result);
                return checks.values().stream().allMatch(check -> check.first() == null);
            }
        }
    }

    private static void requireChain(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT to_regclass('log_chain_era') IS NOT NULL")) {
            row.next();
            if (!row.getBoolean(1))
                throw StartRefused.because(
                        "This database has no chain yet: start the server of this release on it first");
        }
    }

    /** One in each line. */
    private static List<SignedHead> read(Path file) {
        try {
            var heads = new ArrayList<SignedHead>();
            for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                if (line.isBlank()) continue;
                heads.add(
                        SignedHead.read(line.strip())
                                .orElseThrow(
                                        () -> StartRefused.because(
                                                file
                                                        + " has a line that is no signed head: put what `jws` is in `GET /api/v2/logs/heads`")));
            }
            return heads;
        } catch (IOException unread) {
            throw StartRefused.because("The heads in " + file + " cannot be read");
        }
    }

    private static LongConsumer every(Consumer<String> progress) {
        return new LongConsumer() {
            private long told = System.nanoTime();

            @Override
            public void accept(long lines) {
                if (System.nanoTime() - told < BETWEEN_LINES.toNanos()) return;
                told = System.nanoTime();
                progress.accept(String.format(Locale.ROOT, "%,d lines", lines));
            }
        };
    }
}
