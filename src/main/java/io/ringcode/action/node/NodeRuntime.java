package io.ringcode.action.node;

import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Node.js on this machine, looked for when the first script needs it and not before. */
@Component
public class NodeRuntime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeRuntime.class);

    private final Settings settings;
    private final DataFolder data;
    private final RandomText random;
    private final PackageFolders packages;
    private @Nullable Engine engine;
    private boolean closed;

    NodeRuntime(Settings settings, DataFolder data, RandomText random, Clock clock) {
        this.settings = settings;
        this.data = data;
        this.random = random;
        this.packages = new PackageFolders(data, clock);
    }

    /**
     * Calls the program's function and waits for its answer, in a process that runs this program only.
     *
     * @param limit after it the process is killed, unless it has other calls in hand: then when those are over
     * @throws NoNode where no script can run at all
     */
    public Ran run(Program program, ObjectNode call, Duration limit) throws NoNode {
        try {
            return engine().workers().run(program, call, limit);
        } catch (IOException failure) {
            log.error("A worker for {} could not be started", program, failure);
            return new Ran(new Outcome.NotRun("No worker could be started"), List.of(), Duration.ZERO);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Ran(new Outcome.NotRun("The server is stopping"), List.of(), Duration.ZERO);
        }
    }

    /** @return what is wrong with the code's syntax, if anything is */
    public Optional<SyntaxProblem> check(String code) throws NoNode {
        try {
            return engine().check(code);
        } catch (IOException | InterruptedException failure) {
            if (failure instanceof InterruptedException) Thread.currentThread().interrupt();
            throw new NoNode("Node.js did not check the script: try again.");
        }
    }

    /**
     * Chooses versions that fit and installs them.
     *
     * @param dependencies package names and version ranges
     * @param progress is told what happens, some times a second
     * @return npm's lock file
     */
    public String install(Map<String, String> dependencies, Consumer<String> progress) throws NoNode, InstallFailed {
        try {
            return engine().npm().install(dependencies, progress).lock();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InstallFailed("The server is stopping.");
        }
    }

    /** The folder of what {@code lock} names; another server may have made the lock. */
    public Path modules(Map<String, String> dependencies, String lock) throws NoNode, InstallFailed {
        try {
            return engine().npm().modules(dependencies, lock);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InstallFailed("The server is stopping.");
        }
    }

    /** The names of all installed sets of packages: the first 32 hex digits of their lock's SHA-256. */
    public List<String> installed() throws IOException {
        return packages.names();
    }

    /**
     * Deletes sets of packages that have not been wanted for a day.
     *
     * @param wanted names of those that a version still refers to
     * @return how many went
     */
    public int prune(Collection<String> wanted) throws IOException {
        return packages.prune(wanted);
    }

    /** Processes that are alive now. */
    public synchronized int workers() {
        return engine == null ? 0 : engine.workers().alive();
    }

    private synchronized Engine engine() throws NoNode {
        if (closed) throw new NoNode("The server is stopping.");
        if (engine == null) {
            var program = NodeProgram.find(settings.hooks(), System.getenv());
            try {
                engine = Engine.start(program, settings, data, packages, random);
            } catch (IOException failure) {
                log.error("Hooks cannot run", failure);
                throw new NoNode("Hooks cannot run on this server: " + failure.getMessage());
            }
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (engine != null) engine.close();
        engine = null;
    }
}
