package io.ringcode.server.storage;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.system.Command;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The master keys that the operator gives this server: by variable, file, command or the data folder's {@code master.key}. The first
 * is the one that secrets are to be sealed with; those behind it are older ones, which open what they sealed. A file and a command
 * are read again while the server runs, so that a new key needs no restart.
 */
public final class MasterKeys {
    private static final String FILE = "master.key";
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(20);

    /** A command may ask a service that counts. */
    private static final Duration BETWEEN_COMMANDS = Duration.ofMinutes(1);

    private interface Source {
        String read() throws IOException;
    }

    private final String name;
    private final Source source;
    private final Duration between;
    private final Map<String, MasterKey> known = new LinkedHashMap<>();
    private volatile MasterKey wanted;
    private long readAt = System.nanoTime();

    private MasterKeys(String name, Source source, Duration between) {
        this.name = name;
        this.source = source;
        this.between = between;
        this.wanted = take(read());
    }

    /**
     * The operator's keys where some are set; else those in the data folder, of which the first start makes one.
     *
     * @throws StartRefused if what is there is no key; it is never replaced, since secrets may lie under it
     */
    public static MasterKeys load(Settings settings, DataFolder folder) {
        var file = folder.resolve(FILE);
        try {
            if (areInFolder(settings) && !Files.exists(file)) write(file, List.of(MasterKey.random()));
        } catch (IOException failure) {
            throw unreadable(file.toString(), failure);
        }
        return existing(settings, folder.path());
    }

    /**
     * For commands, which make none.
     *
     * @throws StartRefused also where there is none
     */
    public static MasterKeys existing(Settings settings, Path folder) {
        var set = settings.masterKey();
        if (set.text() != null) {
            var text = set.text();
            return new MasterKeys("RINGCODE_MASTER_KEY", () -> text, Duration.ofDays(365));
        }
        if (set.command() != null) {
            var command = set.command();
            return new MasterKeys("RINGCODE_MASTER_KEY_COMMAND", () -> printed(command), BETWEEN_COMMANDS);
        }
        if (set.file() != null) return inFile("RINGCODE_MASTER_KEY_FILE", set.file());
        var file = folder.resolve(FILE);
        if (!Files.exists(file))
            throw StartRefused.because("There is no master key " + file
                    + ": put it there, or set RINGCODE_MASTER_KEY, its _FILE or its _COMMAND");
        return inFile(file.toString(), file);
    }

    /** Whether this server makes and keeps its keys itself, in the data folder. */
    public static boolean areInFolder(Settings settings) {
        var set = settings.masterKey();
        return set.text() == null && set.command() == null && set.file() == null;
    }

    /** Puts a new key before those in the data folder, from where the server that runs there takes it within seconds. */
    public static MasterKey addNew(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file))
            throw StartRefused.because(
                    "There is no " + file + " yet: the first start makes it, or name the folder with --data");
        var keys = new ArrayList<>(inFile(file.toString(), file).known());
        var fresh = MasterKey.random();
        keys.addFirst(fresh);
        try {
            var owner = Files.getOwner(file);
            write(file, keys);
            // An administrator may do this as root, and the server runs under an account of its own.
            if (!Files.getOwner(file).equals(owner)) Files.setOwner(file, owner);
        } catch (IOException failure) {
            throw unreadable(file.toString(), failure);
        }
        return fresh;
    }

    private static void write(Path file, List<MasterKey> keys) throws IOException {
        var text = new StringBuilder();
        keys.forEach(key -> text.append(key.text()).append('\n'));
        DurableFiles.writePrivate(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static MasterKeys inFile(String name, Path file) {
        return new MasterKeys(name, () -> Files.readString(file, StandardCharsets.ISO_8859_1), Duration.ZERO);
    }

    private static String printed(String command) throws IOException {
        // Not its complaints, which would be taken for keys.
        var words = List.of("/bin/sh", "-c", "exec 2>/dev/null; " + command);
        var ran = Command.piped(words, Path.of("/"), LONGEST_COMMAND);
        if (!ran.succeeded()) throw new IOException("it ended with status " + ran.exit());
        return ran.output();
    }

    /** The key that secrets are to be sealed with, by the operator's wish. */
    public MasterKey wanted() {
        return wanted;
    }

    /** All that this process was ever given; none is forgotten before it ends, since values may lie under it. */
    public synchronized Collection<MasterKey> known() {
        return List.copyOf(known.values());
    }

    /**
     * Looks for new keys, where they may come without a restart.
     *
     * @throws StartRefused where they cannot be read; those known before stay
     */
    public synchronized void refresh() {
        if (System.nanoTime() - readAt < between.toNanos()) return;
        readAt = System.nanoTime();
        wanted = take(read());
    }

    private synchronized MasterKey take(List<MasterKey> keys) {
        for (var key : keys) known.putIfAbsent(key.id(), key);
        return keys.getFirst();
    }

    private List<MasterKey> read() {
        try {
            var words = source.read().strip().split("[\\s,]+", -1);
            var keys = new ArrayList<MasterKey>();
            for (var word : words) keys.add(MasterKey.parse(word).orElseThrow(this::damaged));
            return keys;
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
    }

    private StartRefused damaged() {
        return new StartRefused(
                78,
                name
                        + ": must be 32 bytes in Base64, as `openssl rand -base64 32` prints, with older keys behind it, if any,"
                        + " divided by commas or lines; restore it from a backup");
    }

    private static StartRefused unreadable(String name, IOException failure) {
        return new StartRefused(
                1, "The master key " + name + " can be neither read nor made: " + Failures.reason(failure));
    }

    /** The ids, in the order of the operator's wish. */
    public synchronized List<String> ids() {
        return List.copyOf(known.keySet());
    }

    /** The key with this id, if it was given. */
    public synchronized @Nullable MasterKey find(String id) {
        return known.get(id);
    }

    @Override
    public String toString() {
        return "MasterKeys" + ids();
    }
}
