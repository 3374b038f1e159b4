package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's files: its data, the password of its only role, its logs. Made once, in a draft folder that takes its
 * place as a whole, so that a start which was interrupted leaves nothing half made.
 */
record PostgresCluster(PostgresProgram program, PostgresAccount account, Path folder) {
    static final String USERNAME = "ringcode";
    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

    /** What a shell reads between double quotes, between which PostgreSQL's initdb puts the path of its programs. */
    private static final Pattern FOR_THE_SHELL = Pattern.compile("[\"$`\\\\\n]");

    /** Whatever a former server left running on these files has to be stopped before. */
    static PostgresCluster prepare(DataFolder data) throws IOException {
        var folder = data.resolve("postgres");
        if (FOR_THE_SHELL.matcher(folder.toString()).find())
            throw new StartRefused(
                    78,
                    "The built-in PostgreSQL cannot work in " + data.path()
                            + ": the path must be without \", $, ` and \\;"
                            + " choose another with --data or RINGCODE_DATA_DIR, or set RINGCODE_DATABASE_URL");
        DurableFiles.createPrivateFolders(folder);
        PostgresProcess.stopLeftOver(folder.resolve("cluster/data"));
        var program = PostgresProgram.unpack(folder);
        DurableFiles.setMode(folder, "rwx--x--x");
        var cluster = new PostgresCluster(program, PostgresAccount.choose(program, data), folder);
        cluster.create();
        return cluster;
    }

    Path data() {
        return folder.resolve("cluster/data");
    }

    Path logs() {
        return folder.resolve("cluster/log");
    }

    String password() throws IOException {
        return Files.readString(folder.resolve("cluster/password"), StandardCharsets.US_ASCII)
                .strip();
    }

    private void create() throws IOException {
        var cluster = folder.resolve("cluster");
        if (Files.isDirectory(cluster)) {
            account.own(cluster);
            requireSameMajorVersion();
            return;
        }
        log.info("Making a database in {}", data());
        var draft = folder.resolve("cluster.new");
        DurableFiles.deleteTree(draft);
        DurableFiles.createPrivateFolders(draft.resolve("log"));
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        DurableFiles.writePrivate(
                draft.resolve("password"), HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
        account.own(draft);
        initialize(draft);
        DurableFiles.moveIntoPlace(draft, cluster);
    }

    private void initialize(Path draft) throws IOException {
        var run = Command.run(
                account.command(
                        program.initdb().toString(),
                        "--pgdata=" + draft.resolve("data"),
                        "--username=" + USERNAME,
                        "--auth=scram-sha-256",
                        "--pwfile=" + draft.resolve("password"),
                        // A password of 256 random bits needs no stretching, which costs some milliseconds for each
                        // connection.
                        "--set=scram_iterations=1",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C"),
                draft,
                Duration.ofMinutes(2));
        if (!run.succeeded()) throw new StartRefused(1, explain(run.output()));
    }

    private void requireSameMajorVersion() throws IOException {
        var ours = Command.run(
                account.command(program.postgres().toString(), "--version"), program.home(), Duration.ofSeconds(30));
        var theirs = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!ours.output().contains(" " + theirs + "."))
            throw new StartRefused(
                    1,
                    "The database in " + data() + " was made by PostgreSQL " + theirs + ", the built-in one is "
                            + ours.output() + ": export it with the release of Ringcode that made it");
    }

    /** PostgreSQL's newest complaints, put before what the operator can do about them. */
    String explain(String output) {
        var complaints = output.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .map(line -> line.replaceFirst(".*(FATAL|PANIC|error):\\s*", ""))
                .toList();
        var reason = complaints.isEmpty()
                ? output.lines().reduce((_, last) -> last).orElse("no reason given")
                : complaints.getLast();
        var advice = output.contains("No space left on device")
                ? "make room on the disk"
                : output.contains("could not look up effective user ID")
                        ? "give the user an entry in /etc/passwd, or set RINGCODE_DATABASE_URL"
                        : "its log is in " + logs() + "; or set RINGCODE_DATABASE_URL to a PostgreSQL of your own";
        return "The built-in PostgreSQL does not start (" + reason + "): " + advice;
    }

    /** What PostgreSQL logged since {@code earliest}, in milliseconds of the wall clock. */
    String logged(long earliest) throws IOException {
        try (var files = Files.list(logs())) {
            Optional<Path> newest = files.filter(file -> file.toFile().lastModified() >= earliest)
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
            if (newest.isEmpty()) return "";
            List<String> lines = Files.readAllLines(newest.get(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        }
    }
}
