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
 *
 * @param folder of the programs and of the cluster
 * @param data PostgreSQL's own, in the folder {@code cluster} beside the password and the logs
 */
record PostgresCluster(PostgresProgram program, PostgresAccount account, Path folder, Path data) {
    static final String USERNAME = "ringcode";
    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

    /** What a shell reads between double quotes, between which PostgreSQL's initdb puts the path of its programs. */
    private static final Pattern FOR_THE_SHELL = Pattern.compile("[\"$`\\\\\n]");

    /** What becomes of a database that an older major version of PostgreSQL made. */
    enum Older {
        UPGRADED,
        REFUSED
    }

    /** Whatever a former server left running on these files has to be stopped before. */
    static PostgresCluster prepare(DataFolder folder, Older older) throws IOException {
        var cluster = open(folder);
        if (!Files.isDirectory(cluster.home())) {
            cluster.create();
        } else {
            cluster.account.own(cluster.home());
            ClusterUpgrade.endInterrupted(cluster);
            cluster.requireMajorVersion(older);
            ClusterUpgrade.tellKept(cluster);
        }
        cluster.program.removeOthers();
        return cluster;
    }

    private static PostgresCluster open(DataFolder data) throws IOException {
        var folder = data.resolve("postgres");
        if (FOR_THE_SHELL.matcher(folder.toString()).find())
            throw new StartRefused(
                    78,
                    "The built-in PostgreSQL cannot work in " + data.path()
                            + ": the path must be without \", $, ` and \\;"
                            + " choose another with --data or RINGCODE_DATA_DIR, or set RINGCODE_DATABASE_URL");
        DurableFiles.createPrivateFolders(folder);
        var files = folder.resolve("cluster/data");
        PostgresProcess.stopLeftOver(files);
        var program = PostgresProgram.unpack(folder);
        DurableFiles.setMode(folder, "rwx--x--x");
        return new PostgresCluster(program, PostgresAccount.choose(program, data), folder, files);
    }

    /** Other data of the same database, under the same password. */
    PostgresCluster with(PostgresProgram other, Path otherData) {
        return new PostgresCluster(other, account, folder, otherData);
    }

    private Path home() {
        return data.resolveSibling(".").normalize();
    }

    Path logs() {
        return data.resolveSibling("log");
    }

    /** What PostgreSQL says before its log is open. */
    Path firstWords() {
        return folder.resolve("start-of-" + data.getFileName() + ".log");
    }

    String password() throws IOException {
        return Files.readString(data.resolveSibling("password"), StandardCharsets.US_ASCII)
                .strip();
    }

    /** What made the data. */
    int majorVersion() throws IOException {
        var version = Files.readString(data.resolve("PG_VERSION")).strip();
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException damaged) {
            throw new IOException(data.resolve("PG_VERSION") + " says no version of PostgreSQL", damaged);
        }
    }

    void create() throws IOException {
        log.info("Making a database in {}", data);
        var draft = folder.resolve("cluster.new");
        DurableFiles.deleteTree(draft);
        DurableFiles.createPrivateFolders(draft.resolve("log"));
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        DurableFiles.writePrivate(
                draft.resolve("password"), HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
        account.own(draft);
        with(program, draft.resolve("data")).initialize();
        DurableFiles.moveIntoPlace(draft, home());
    }

    /** Makes the data. */
    void initialize() throws IOException {
        var run = Command.run(
                account.tied(
                        "KILL",
                        program.initdb().toString(),
                        "--pgdata=" + data,
                        "--username=" + USERNAME,
                        "--auth=scram-sha-256",
                        "--pwfile=" + data.resolveSibling("password"),
                        // A password of 256 random bits needs no stretching, which costs some milliseconds for each
                        // connection.
                        "--set=scram_iterations=1",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C"),
                home(),
                Duration.ofMinutes(2));
        if (!run.succeeded()) throw new StartRefused(1, explain(run.output()));
    }

    private void requireMajorVersion(Older older) throws IOException {
        var ours = program.majorVersion(account);
        var theirs = majorVersion();
        if (theirs == ours) return;
        var refusal = "The database in " + data + " was made by PostgreSQL " + theirs + ", the built-in one is " + ours
                + ", and nothing was changed: ";
        if (theirs > ours) throw StartRefused.because(refusal + "start the release of Ringcode that made it");
        var former = program.ofMajorVersion(theirs, account)
                .orElseThrow(() -> StartRefused.because(refusal + "PostgreSQL " + theirs + " is not in " + folder
                        + " any more, so back it up with the release of Ringcode that made it (ringcode backup), and restore"
                        + " that into an empty folder with this one"));
        switch (older) {
            case UPGRADED -> new ClusterUpgrade(with(former, data), this).run();
            case REFUSED ->
                throw StartRefused.because(refusal + "start the server, which upgrades it, and give the command again");
        }
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
