package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who PostgreSQL runs as: it refuses to be root. An ordinary user's server runs it as that user. Root's runs it as an
 * account without rights where that account can reach the files, else inside a user namespace where root is nobody.
 *
 * @param uid the owner of PostgreSQL's files, and {@code gid} their group
 * @param prefix the words before PostgreSQL's own that bring this about; each of those programs becomes the next, so the
 *     process id stays that of PostgreSQL
 */
record PostgresAccount(int uid, int gid, List<String> prefix) {
    /** Accounts that need no rights elsewhere. initdb insists on one with a name. */
    private static final List<String> NAMES = List.of("postgres", "daemon", "nobody");

    /** Chooses by trying: the program has to start, whatever the machine's reasons against it are. */
    static PostgresAccount choose(PostgresProgram program, DataFolder data) throws IOException {
        var reasons = new ArrayList<String>();
        for (var account : possible(data)) {
            var probe = Command.run(
                    account.command(program.postgres().toString(), "--version"),
                    program.home(),
                    Duration.ofSeconds(30));
            if (probe.succeeded()) return account;
            reasons.add(probe.reason());
        }
        throw new StartRefused(
                1,
                "The built-in PostgreSQL does not run here (" + String.join("; ", reasons) + "): " + advice(reasons));
    }

    private static List<PostgresAccount> possible(DataFolder data) throws IOException {
        var me = Path.of("/proc/self").toRealPath();
        if (number(me, "uid") != 0)
            return List.of(new PostgresAccount(number(me, "uid"), number(me, "gid"), List.of()));
        var accounts = new ArrayList<PostgresAccount>();
        var named = named();
        if (named.isPresent() && Command.find("setpriv").isPresent()) {
            accounts.add(named.get());
            letThrough(data.path(), named.get());
        }
        if (Command.find("unshare").isPresent()) accounts.add(new PostgresAccount(0, 0, List.of("unshare", "--user")));
        if (accounts.isEmpty()) accounts.add(new PostgresAccount(0, 0, List.of()));
        return accounts;
    }

    private static Optional<PostgresAccount> named() throws IOException {
        var lines = Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1);
        return NAMES.stream()
                .flatMap(name -> lines.stream().filter(line -> line.startsWith(name + ":")))
                .map(line -> line.split(":", -1))
                .map(fields -> withoutRights(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                .findFirst();
    }

    private static PostgresAccount withoutRights(int uid, int gid) {
        return new PostgresAccount(
                uid,
                gid,
                List.of(
                        "setpriv",
                        "--reuid=" + uid,
                        "--regid=" + gid,
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs"));
    }

    /** The account may pass through the data folder to its own part, but neither list nor read the rest. */
    private static void letThrough(Path folder, PostgresAccount account) throws IOException {
        var permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) return;
        Files.setAttribute(folder, "unix:gid", account.gid());
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        Files.setPosixFilePermissions(folder, permissions);
    }

    List<String> command(String... words) {
        return Stream.concat(prefix.stream(), Stream.of(words)).toList();
    }

    /** Of a program that gets a signal when the thread that started it ends, where the machine can do that. */
    List<String> tied(String signal, String... words) {
        // After the change of user, which would clear it.
        var tie = Command.find("setpriv").isPresent() ? List.of("setpriv", "--pdeathsig", signal) : List.<String>of();
        return Stream.of(prefix, tie, List.of(words)).flatMap(List::stream).toList();
    }

    /** Makes {@code folder} and all below it this account's, if it is not yet: a data folder may have been moved. */
    void own(Path folder) throws IOException {
        if (number(folder, "uid") == uid) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                give(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path below, @Nullable IOException failure) throws IOException {
                give(below);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private static String advice(List<String> reasons) {
        var all = String.join(" ", reasons);
        if (all.contains("No such file or directory") || all.contains("GLIBC"))
            return "it needs a Linux with glibc 2.28 or newer; elsewhere set RINGCODE_DATABASE_URL to a PostgreSQL of"
                    + " your own";
        if (all.contains("noexec") || all.contains("Permission denied"))
            return "put the data folder where programs may be run and other users may pass, or start the server as an"
                    + " ordinary user";
        return "start the server as an ordinary user, or set RINGCODE_DATABASE_URL to a PostgreSQL of your own";
    }
}
