package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, as they come in the jar, unpacked once into the data folder. */
record PostgresProgram(Path home) {
    private static final Logger log = LoggerFactory.getLogger(PostgresProgram.class);

    /** Of a folder that may be half unpacked. */
    private static final String DRAFT = ".new";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]{1,4})");

    private static final Map<String, String> ARCHIVES = Map.of(
            "amd64", "postgres-linux-x86_64.txz",
            "x86_64", "postgres-linux-x86_64.txz",
            "aarch64", "postgres-linux-arm_64.txz");

    Path postgres() {
        return home.resolve("bin/postgres");
    }

    Path initdb() {
        return home.resolve("bin/initdb");
    }

    /** Each release gets a folder of its own, named by the archive's checksum. */
    static PostgresProgram unpack(Path folder) throws IOException {
        var archive = archive();
        var home = folder.resolve("program-" + checksum(archive));
        if (!Files.isDirectory(home)) {
            var draft = folder.resolve(home.getFileName() + DRAFT);
            DurableFiles.deleteTree(draft);
            log.info("Unpacking PostgreSQL into {}", home);
            var kept = kept(home);
            if (kept.isPresent()) {
                copy(kept.get(), draft);
            } else {
                try (var content = archive.openStream()) {
                    extract(content, draft);
                }
            }
            letOthersRun(draft);
            DurableFiles.moveIntoPlace(draft, home);
        }
        return new PostgresProgram(home);
    }

    /** What other releases or an interrupted unpacking left behind, once no database needs it. */
    void removeOthers() throws IOException {
        for (var other : others()) DurableFiles.deleteTree(other);
    }

    /** Of another release, which has not been removed yet. */
    Optional<PostgresProgram> ofMajorVersion(int wanted, PostgresAccount account) throws IOException {
        for (var other : others()) {
            var program = new PostgresProgram(other);
            if (other.toString().endsWith(DRAFT)) continue;
            if (Files.isExecutable(program.postgres()) && program.majorVersion(account) == wanted)
                return Optional.of(program);
        }
        return Optional.empty();
    }

    /** As it says itself; 0 where it does not run. */
    int majorVersion(PostgresAccount account) throws IOException {
        var said = Command.run(account.command(postgres().toString(), "--version"), home, Duration.ofSeconds(30));
        var version = VERSION.matcher(said.output());
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    private static URL archive() {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        var name = system.startsWith("Linux")
                ? ARCHIVES.get(System.getProperty("os.arch").toLowerCase(Locale.ROOT))
                : null;
        var archive = name == null ? null : PostgresProgram.class.getResource("/" + name);
        if (archive == null)
            throw new StartRefused(
                    1,
                    "There is no built-in PostgreSQL for " + system
                            + ": set RINGCODE_DATABASE_URL to a PostgreSQL of your own");
        return archive;
    }

    private static String checksum(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar)
            return Long.toHexString(jar.getJarEntry().getCrc());
        throw new IOException("PostgreSQL's archive is not in a jar: " + archive);
    }

    static void extract(InputStream content, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(content))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into))
                    throw new IOException("PostgreSQL's archive leaves its folder: " + target);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    extractFile(tar, entry, target);
                }
            }
        }
    }

    /** Of this very archive, by the launcher's practice: a copy takes a tenth of the time. */
    private static Optional<Path> kept(Path home) {
        return Optional.ofNullable(System.getProperty("ringcode.programs"))
                .map(folder -> Path.of(folder).resolve(home.getFileName()))
                .filter(Files::isDirectory);
    }

    private static void copy(Path from, Path into) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : (Iterable<Path>) all::iterator)
                Files.copy(
                        path,
                        into.resolve(from.relativize(path)),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** It is run by another user than the one who unpacks, when that one is root. */
    static void letOthersRun(Path program) throws IOException {
        try (var all = Files.walk(program)) {
            for (var path : (Iterable<Path>) all.filter(path -> !Files.isSymbolicLink(path))::iterator)
                DurableFiles.setMode(
                        path, Files.isDirectory(path) || Files.isExecutable(path) ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private static void extractFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0) DurableFiles.setMode(target, "rwxr-xr-x");
        }
    }

    private List<Path> others() throws IOException {
        try (var siblings = Files.newDirectoryStream(home.resolveSibling("."), "program-*")) {
            var others = new ArrayList<Path>();
            for (var sibling : siblings) if (!sibling.getFileName().equals(home.getFileName())) others.add(sibling);
            return others;
        }
    }
}
