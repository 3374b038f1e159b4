package io.ringcode.action.node;

import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What workers read, in the data folder: the worker's own script, the packages that come with the product, and those
 * that npm installed. All of it may be read by everybody on the machine, for workers run as nobody in particular.
 */
final class RuntimeFolder {
    private static final List<String> SCRIPTS =
            List.of("worker.js", "post-login.js", "number.js", "guard.js", "walls.sh", "npm-guard.js");

    /** A file of an npm package as WebJars have them: {@code …/webjars/NAME/VERSION/FILE}. */
    private static final Pattern PACKAGED = Pattern.compile(".*/META-INF/resources/webjars/([^/]+)/[^/]+/(.+)");

    private final Path data;
    private final Path folder;
    private final Path runtime;

    private RuntimeFolder(Path data, Path folder, Path runtime) {
        this.data = data;
        this.folder = folder;
        this.runtime = runtime;
    }

    static RuntimeFolder prepare(DataFolder data) throws IOException {
        var folder = data.resolve("hooks");
        openFolder(folder);
        openFolder(folder.resolve("modules"));
        openFolder(folder.resolve("root"));
        var packages = packages();
        var runtime = folder.resolve("runtime-" + checksum(packages));
        if (!Files.isDirectory(runtime)) {
            var draft = folder.resolve("runtime.new");
            DurableFiles.deleteTree(draft);
            unpack(packages, draft);
            for (var old : children(folder, "runtime-*")) DurableFiles.deleteTree(old);
            DurableFiles.moveIntoPlace(draft, runtime);
        }
        return new RuntimeFolder(data.path(), folder, runtime);
    }

    private static Resource[] packages() throws IOException {
        var all = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/resources/webjars/*/*/**/*.{js,cjs,json}");
        return Arrays.stream(all).filter(Resource::isReadable).toArray(Resource[]::new);
    }

    private static String checksum(Resource[] packages) throws IOException {
        var sum = new CRC32();
        for (var script : SCRIPTS)
            try (var content = script(script)) {
                sum.update(content.readAllBytes());
            }
        for (var file : packages)
            sum.update(file.getURL().getPath().replaceAll(".*!", "").getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private static void unpack(Resource[] packages, Path into) throws IOException {
        Files.createDirectories(into.resolve("node_modules"));
        for (var script : SCRIPTS)
            try (var content = script(script)) {
                Files.copy(content, into.resolve(script));
            }
        for (var file : packages) {
            var place = PACKAGED.matcher(file.getURL().getPath());
            if (!place.matches()) continue;
            var target = into.resolve("node_modules")
                    .resolve(place.group(1))
                    .resolve(place.group(2))
                    .normalize();
            if (!target.startsWith(into)) throw new IOException("A package leaves its folder: " + target);
            Files.createDirectories(target.getParent());
            try (var content = file.getInputStream()) {
                Files.copy(content, target);
            }
        }
        readableByAll(into);
    }

    private static InputStream script(String name) throws IOException {
        var content = RuntimeFolder.class.getResourceAsStream(name);
        if (content == null) throw new IOException("The product lacks " + name);
        return content;
    }

    private static void openFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whatever the server's umask is. */
    static void readableByAll(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (var path : (Iterable<Path>) all.filter(each -> !Files.isSymbolicLink(each))::iterator)
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Others may pass through the data folder to what lies here, but neither list nor read the rest. */
    void letOthersPass() throws IOException {
        var permissions = Files.getPosixFilePermissions(data);
        if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) Files.setPosixFilePermissions(data, permissions);
    }

    Path worker() {
        return runtime.resolve("worker.js");
    }

    /** Makes a worker's own file system. */
    Path walls() {
        return runtime.resolve("walls.sh");
    }

    /** An empty folder, where each worker's own file system is mounted; others do not see it there. */
    Path root() {
        return folder.resolve("root");
    }

    /** Keeps npm to the registry. */
    Path npmGuard() {
        return runtime.resolve("npm-guard.js");
    }

    /** What every worker may read. */
    List<Path> own() {
        return List.of(runtime);
    }

    /** The packages that scripts may require without declaring them. */
    Path bundled() {
        return runtime.resolve("node_modules");
    }

    Path cache() {
        return folder.resolve("npm-cache");
    }

    Path sockets() {
        return folder.resolve("sockets");
    }

    private static List<Path> children(Path folder, String pattern) throws IOException {
        try (var found = Files.newDirectoryStream(folder, pattern)) {
            var all = new java.util.ArrayList<Path>();
            found.forEach(all::add);
            return all;
        }
    }
}
