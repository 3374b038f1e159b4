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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a worker and the machine, below Node's own permission model: another account, a network and a list
 * of processes that are empty, limits, and death with the server. What the machine does not offer is left out, and said.
 *
 * @param prefix the words before Node's own; each of those programs becomes the next
 * @param walled whether the worker's network is empty but for the broker
 */
record Isolation(List<String> prefix, boolean walled) {
    private static final Logger log = LoggerFactory.getLogger(Isolation.class);

    /** Bytes of memory beyond the heap of JavaScript: buffers, compiled code, the program itself. */
    private static final long DATA_LIMIT = 512L * 1024 * 1024;

    private static final int NOBODY = 65534;

    /** The signal goes to a child when the thread that made it ends, so that thread must live as long as the server. */
    private static final List<String> DIES_WITH_SERVER = List.of("--pdeathsig", "KILL");

    interface Trial {
        boolean succeeds(Isolation isolation);
    }

    /** Chooses the strongest one that starts a worker here, whatever the machine's reasons against the others are. */
    static Isolation choose(RuntimeFolder folder, Trial trial) throws IOException {
        var root =
                (Integer) Files.getAttribute(Path.of("/proc/self").toRealPath(), "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        == 0;
        if (root) folder.letOthersPass();
        for (var isolation : possible(root)) {
            if (!trial.succeeds(isolation)) continue;
            if (!isolation.walled)
                log.warn(
                        "Hooks run without a network namespace of their own, because this machine does not give them one:"
                                + " only Node.js itself keeps them from connecting past the server (see docs/operations.md)");
            return isolation;
        }
        throw new IOException("Node.js does not start a worker on this machine");
    }

    private static List<Isolation> possible(boolean root) {
        var setpriv = Command.find("setpriv");
        var unshare = Command.find("unshare");
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
            if (unshare.isPresent()) {
                if (root) all.add(new Isolation(words(bound, apart(unshare, List.of()), asNobody), true));
                // Without a mapping of accounts, so that the worker is nobody inside and has no rights there either.
                all.add(new Isolation(words(bound, apart(unshare, List.of("--user")), asNow), true));
            }
            if (root) all.add(new Isolation(words(limits, asNobody), false));
            all.add(new Isolation(words(bound, asNow), false));
        }
        all.add(new Isolation(limits, false));
        all.add(new Isolation(List.of(), false));
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

    List<String> command(List<String> words) {
        return words(prefix, words);
    }
}
