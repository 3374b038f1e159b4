package io.ringcode.action.node;

import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox of a worker, below Node's own permission model: another account, a file system with nothing in it but what
 * the worker needs, a network and a list of processes that are empty, limits, and death with the server. What the machine
 * does not offer is left out, and said.
 *
 * @param prefix the words before Node's own; each of those programs becomes the next
 * @param files makes the worker's own file system after the prefix; null leaves it the machine's
 * @param walled whether the worker's network is empty but for the broker
 */
record Isolation(List<String> prefix, @Nullable OwnFiles files, boolean walled) {
    private static final Logger log = LoggerFactory.getLogger(Isolation.class);

    /** Bytes of memory beyond the heap of JavaScript: buffers, compiled code, the program itself. */
    private static final long DATA_LIMIT = 512L * 1024 * 1024;

    private static final int NOBODY = 65534;

    /** Programs and libraries of the system, which are nobody's secret. */
    private static final List<Path> SYSTEM = Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
            .map(Path::of)
            .toList();

    /** Where libraries are found, and which time zone this is. */
    private static final List<Path> SYSTEM_FILES =
            Stream.of("/etc/ld.so.cache", "/etc/localtime").map(Path::of).toList();

    /** The signal goes to a child when the thread that made it ends, so that thread must live as long as the server. */
    private static final List<String> DIES_WITH_SERVER = List.of("--pdeathsig", "KILL");

    interface Trial {
        boolean succeeds(Isolation isolation);
    }

    /**
     * A file system of the worker's own.
     *
     * @param script the words that make it
     * @param shown what every worker needs of the machine
     * @param then the words that give up the rights to change it
     */
    record OwnFiles(List<String> script, List<Path> shown, List<String> then) {
        List<String> words(List<Path> more) {
            var paths = Stream.concat(shown.stream(), more.stream().filter(path -> !isSystems(path)))
                    .map(Path::toString)
                    .toList();
            return Isolation.words(script, paths, List.of("--"), then);
        }
    }

    /** Chooses the strongest one that starts a worker here, whatever the machine's reasons against the others are. */
    static Isolation choose(RuntimeFolder folder, Path node, Trial trial) throws IOException {
        var root =
                (Integer) Files.getAttribute(Path.of("/proc/self").toRealPath(), "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        == 0;
        if (root) folder.letOthersPass();
        for (var isolation : possible(root, folder, shown(node))) {
            if (!trial.succeeds(isolation)) continue;
            if (isolation.files == null)
                log.warn("Hooks run without a file system of their own, because this machine does not give them one:"
                        + " only Node.js itself keeps them from its files and sockets (see docs/hooks.md)");
            if (!isolation.walled)
                log.warn(
                        "Hooks run without a network namespace of their own, because this machine does not give them one:"
                                + " only Node.js itself keeps them from connecting past the server (see docs/operations.md)");
            return isolation;
        }
        throw new IOException("Node.js does not start a worker on this machine");
    }

    private static List<Path> shown(Path node) throws IOException {
        var own = Stream.of(node.toAbsolutePath(), node.toRealPath()).distinct().filter(path -> !isSystems(path));
        return Stream.of(SYSTEM.stream(), SYSTEM_FILES.stream(), own)
                .flatMap(paths -> paths)
                .toList();
    }

    private static boolean isSystems(Path path) {
        return SYSTEM.stream().anyMatch(path::startsWith);
    }

    private static List<Isolation> possible(boolean root, RuntimeFolder folder, List<Path> shown) {
        var setpriv = Command.find("setpriv");
        var unshare = Command.find("unshare");
        var shell = Command.find("sh");
        var limits = limits();
        var all = new ArrayList<Isolation>();
        if (setpriv.isPresent()) {
            var bound = words(limits, List.of(setpriv.get().toString()), DIES_WITH_SERVER);
            var asNobody = words(
                    List.of(
                            setpriv.get().toString(),
                            "--reuid=" + NOBODY,
                            "--regid=" + NOBODY,
                            "--clear-groups",
                            "--inh-caps=-all",
                            "--bounding-set=-all",
                            "--no-new-privs"),
                    DIES_WITH_SERVER);
            var asNow = List.of(setpriv.get().toString(), "--no-new-privs");
            if (unshare.isPresent() && shell.isPresent()) {
                var script = List.of(
                        shell.get().toString(),
                        folder.walls().toString(),
                        folder.root().toString());
                if (root)
                    all.add(new Isolation(
                            words(bound, apart(unshare, List.of("--mount"))),
                            new OwnFiles(script, shown, asNobody),
                            true));
                // It needs an account of its own to mount, and leaves it for one without a mapping: nobody, without
                // rights.
                var leaves = words(List.of(unshare.get().toString(), "--user"), asNow);
                all.add(new Isolation(
                        words(bound, apart(unshare, List.of("--user", "--map-root-user", "--mount"))),
                        new OwnFiles(script, shown, leaves),
                        true));
            }
            if (unshare.isPresent()) {
                if (root) all.add(new Isolation(words(bound, apart(unshare, List.of()), asNobody), null, true));
                // Without a mapping of accounts, so that the worker is nobody inside and has no rights there either.
                all.add(new Isolation(words(bound, apart(unshare, List.of("--user")), asNow), null, true));
            }
            if (root) all.add(new Isolation(words(limits, asNobody), null, false));
            all.add(new Isolation(words(bound, asNow), null, false));
        }
        all.add(new Isolation(limits, null, false));
        all.add(new Isolation(List.of(), null, false));
        return all;
    }

    private static List<String> apart(Optional<Path> unshare, List<String> more) {
        return words(
                List.of(unshare.orElseThrow().toString()),
                more,
                List.of("--net", "--pid", "--ipc", "--fork", "--kill-child=KILL"));
    }

    /** No core file either: it would hold secrets. */
    private static List<String> limits() {
        return Command.find("prlimit")
                .map(prlimit -> List.of(prlimit.toString(), "--data=" + DATA_LIMIT, "--core=0", "--nofile=512"))
                .orElse(List.of());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<String> words(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** @param visible the files and folders that the worker reads or connects to */
    List<String> command(List<String> words, List<Path> visible) {
        return files == null ? words(prefix, words) : words(prefix, files.words(visible), words);
    }
}
