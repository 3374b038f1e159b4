package io.ringcode.action.node;

import io.ringcode.action.node.Outcome.Failed;
import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Node.js runtime of its own, on a data folder of its own. */
final class Node implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(40);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Path folder;
    private final DataFolder data;
    private final NodeRuntime runtime;

    Node(Map<String, String> environment) {
        try {
            folder = Files.createTempDirectory("ringcode-node-test");
            data = DataFolder.open(folder);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
        var settings = Settings.read(new String[] {"--dev", "--data", folder.toString()}, environment);
        runtime = new NodeRuntime(settings, data, new RandomText(), Clock.systemUTC());
    }

    /** Nothing but public addresses can be reached. */
    Node() {
        this(Map.of());
    }

    static Program hook(String owner, String code) {
        return new Program(owner, "hook-" + NAMES.incrementAndGet(), code, null, null);
    }

    static Program hook(String code) {
        return hook("tenant", code);
    }

    static ObjectNode message(String recipient) {
        var message = JsonMapper.shared().createObjectNode();
        message.put("recipient", recipient).put("text", "Your code is 123456").putObject("context");
        return message;
    }

    Ran run(Program program, Duration limit) {
        try {
            return runtime.run(program, message("+14155550123"), limit);
        } catch (NoNode missing) {
            throw new AssertionError(missing);
        }
    }

    Ran run(String code) {
        return run(hook(code), LONG);
    }

    /** What the script complained of; null when it did not. */
    @Nullable
    String error(String code) {
        return run(code).outcome() instanceof Failed(var error) ? error.message() : null;
    }

    /** How a call ended, with all that its error says. */
    static String told(Outcome outcome) {
        return outcome instanceof Failed(var error) ? error.code() + ": " + error.message() : outcome.toString();
    }

    NodeRuntime runtime() {
        return runtime;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        runtime.close();
        data.close();
        try {
            DurableFiles.deleteTree(folder);
        } catch (IOException left) {
            throw new IllegalStateException(left);
        }
    }
}
