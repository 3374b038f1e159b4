package io.ringcode;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server's classes in a jar, since Java archives what a start has loaded of jars alone (class data sharing), and a start
 * from an archive costs less than half. The first server that serves and ends by itself writes the archive.
 */
final class PackedServer {
    private static final Path CLASSES = classes();
    private static final Path FOLDER = CLASSES.resolveSibling("packed-server");

    private PackedServer() {}

    private static final class Packed {
        static final Path JAR = pack();
    }

    /** For a server that serves, and so loads what all of them load. */
    static final String WRITE_ARCHIVE = "-XX:+AutoCreateSharedArchive";

    static List<String> options() {
        return List.of(
                "-XX:SharedArchiveFile=" + FOLDER.resolve("server.jsa"), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    static String classPath() {
        return Stream.concat(Stream.of(Packed.JAR), entries().filter(Files::isRegularFile))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> entries() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of);
    }

    private static Path classes() {
        return entries()
                .filter(entry -> Files.exists(entry.resolve("io/ringcode/RingcodeApplication.class")))
                .findFirst()
                .orElseThrow()
                .toAbsolutePath();
    }

    /** One test process at a time: the others find the jar. */
    private static Path pack() {
        try (var guard = FileChannel.open(
                        Files.createDirectories(FOLDER).resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = guard.lock()) {
            var jar = FOLDER.resolve("server.jar");
            if (Files.exists(jar) && Files.getLastModifiedTime(jar).compareTo(newest()) > 0) return jar;
            var said = new StringWriter();
            var fresh = FOLDER.resolve("server.jar.new");
            int exit = ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(
                            new PrintWriter(said),
                            new PrintWriter(said),
                            "--create",
                            "--no-compress",
                            "--file=" + fresh,
                            "-C",
                            CLASSES.toString(),
                            ".");
            if (exit != 0) throw new IllegalStateException(said.toString());
            return Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static FileTime newest() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            FileTime newest = FileTime.fromMillis(0);
            for (var file : (Iterable<Path>) files::iterator) {
                var written = Files.getLastModifiedTime(file);
                if (written.compareTo(newest) > 0) newest = written;
            }
            return newest;
        }
    }
}
