package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.network.AddressPolicy;
import io.ringcode.network.Dialer;
import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everything that a working Node.js needs around it. */
final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final int HEAP_MEGABYTES = 128;
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
    private static final long TIDY_SECONDS = 30;

    /** The script that has just taken the spare process may use the processor first. */
    private static final long SPARE_DELAY_MILLIS = 100;

    private final NodeProgram program;
    private final RuntimeFolder folder;
    private final Npm npm;
    private final Dialer dialer;
    private final SocketFolder sockets;
    private final Isolation isolation;
    private final AtomicReference<@Nullable Blank> spare = new AtomicReference<>();
    private volatile boolean closed;
    private final Workers workers = new Workers(this::start);

    /** Makes every process: the kernel ties them to the thread that did, and this one stays. */
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hook-keeper").daemon().factory());

    private Engine(NodeProgram program, Settings settings, DataFolder data, PackageFolders packages, RandomText random)
            throws IOException {
        this.program = program;
        this.folder = RuntimeFolder.prepare(data);
        packages.clear();
        this.npm = new Npm(program, packages, folder, settings.hooks());
        this.dialer = new Dialer(new AddressPolicy(settings.reachable()));
        this.sockets = new SocketFolder(folder.sockets(), random);
        try {
            this.isolation = Isolation.choose(folder, program.node(), this::works);
        } catch (IOException failure) {
            close();
            throw failure;
        }
        keeper.execute(this::prepareSpare);
        var _ = keeper.scheduleWithFixedDelay(workers::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    static Engine start(
            NodeProgram program, Settings settings, DataFolder data, PackageFolders packages, RandomText random)
            throws IOException {
        var engine = new Engine(program, settings, data, packages, random);
        log.info("Hooks run on Node.js {}.{} ({})", program.major(), program.minor(), program.node());
        return engine;
    }

    Workers workers() {
        return workers;
    }

    Npm npm() {
        return npm;
    }

    private boolean works(Isolation candidate) {
        try {
            return checked(candidate, "").isEmpty();
        } catch (IOException | InterruptedException failure) {
            if (failure instanceof InterruptedException) Thread.currentThread().interrupt();
            log.debug("No worker starts with {}", candidate, failure);
            return false;
        }
    }

    Optional<SyntaxProblem> check(String code) throws IOException, InterruptedException {
        return checked(isolation, code);
    }

    private Optional<SyntaxProblem> checked(Isolation by, String code) throws IOException, InterruptedException {
        var process = launch(by, List.of(), List.of());
        var timer = keeper.schedule(() -> process.destroyForcibly(), CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try (var in = process.outputWriter();
                var out = process.inputReader()) {
            in.write(JsonMapper.shared().createObjectNode().put("check", true).put("code", code) + "\n");
            in.flush();
            var line = out.readLine();
            if (line == null || !line.startsWith("{")) throw new IOException("Node.js said: " + line);
            var told = JsonMapper.shared().readTree(line);
            return told.path("checked").asBoolean(false)
                    ? Optional.empty()
                    : Optional.of(new SyntaxProblem(
                            told.path("message").asString(""), told.path("line").asInt(0)));
        } finally {
            timer.cancel(false);
            process.destroyForcibly();
        }
    }

    private Worker start(Program what) throws IOException {
        var blank = what.readable().isEmpty() ? spare.getAndSet(null) : null;
        var _ = keeper.schedule(this::prepareSpare, SPARE_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        if (blank != null && !blank.process().isAlive()) {
            blank.close();
            blank = null;
        }
        if (blank == null) blank = blank(room -> launch(isolation, what.readable(), room));
        return new Worker(
                blank.process(), blank.broker(), setup(what, blank.broker().path()));
    }

    /** A worker without a program: it has run nothing, and knows no secret. */
    private record Blank(Process process, Broker broker) {
        void close() {
            process.destroyForcibly();
            broker.close();
        }
    }

    private interface Launch {
        Process start(List<Path> room) throws IOException;
    }

    private Blank blank(Launch launch) throws IOException {
        var broker = new Broker(sockets, dialer);
        try {
            return new Blank(launch.start(List.of(broker.room())), broker);
        } catch (IOException failure) {
            broker.close();
            throw failure;
        }
    }

    /** Runs on the keeper. Most scripts need no packages of their own, so the next one of any tenant may have this process. */
    private void prepareSpare() {
        if (closed || spare.get() != null) return;
        try {
            var blank = blank(room -> builder(isolation, List.of(), room).start());
            var ahead = JsonMapper.shared().createObjectNode();
            ahead.putArray("ahead").add(folder.bundled().resolve("axios").toString());
            blank.process().getOutputStream().write((ahead + "\n").getBytes(UTF_8));
            blank.process().getOutputStream().flush();
            spare.set(blank);
        } catch (IOException failure) {
            log.warn("No worker could be started ahead of its script: {}", failure.getMessage());
        }
    }

    private ObjectNode setup(Program what, Path broker) {
        var setup = JsonMapper.shared().createObjectNode();
        setup.put("code", what.code()).put("broker", broker.toString());
        if (what.entry() != null) setup.put("entry", what.entry());
        var paths = setup.putArray("paths");
        if (what.modules() != null) paths.add(what.modules().toString());
        paths.add(folder.bundled().toString());
        return setup;
    }

    /** @param room the folder of the sockets that lead out: connected to, and not read */
    private ProcessBuilder builder(Isolation by, List<Path> more, List<Path> room) {
        var readable = new ArrayList<>(folder.own());
        readable.addAll(more);
        var words = new ArrayList<>(program.command(readable, HEAP_MEGABYTES));
        words.add(folder.worker().toString());
        var visible = new ArrayList<>(readable);
        visible.addAll(room);
        var builder = new ProcessBuilder(by.command(words, visible))
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        return builder;
    }

    private Process launch(Isolation by, List<Path> more, List<Path> room) throws IOException {
        Future<Process> started = keeper.submit(() -> builder(by, more, room).start());
        try {
            return started.get();
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a worker was started", stopped);
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        keeper.execute(() -> {
            var blank = spare.getAndSet(null);
            if (blank != null) blank.close();
        });
        dialer.close();
        keeper.shutdown();
        Quietly.close(sockets);
    }
}
