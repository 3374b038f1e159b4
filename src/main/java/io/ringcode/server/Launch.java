package io.ringcode.server;

import io.ringcode.server.backup.DatabaseCommands;
import io.ringcode.server.settings.Flags;
import io.ringcode.server.settings.Flags.Action;
import io.ringcode.server.settings.Flags.Command;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** From the command line to a running server, and from a signal to its end. */
public final class Launch {
    /** The exit status of a check that has found something. */
    private static final int WRONG = 1;

    private Launch() {}

    /** Comes back when the server runs; a signal ends the process later. Exits at once if it cannot start. */
    public static void main(String[] args, Map<String, String> env, LogVerifier log) {
        var flags = Flags.read(args);
        var actions = flags.actions();
        if (actions.contains(Action.HELP)) {
            say(System.out, Flags.HELP.strip());
        } else if (actions.contains(Action.VERSION)) {
            say(System.out, "ringcode " + version());
        } else if (actions.contains(Action.BEANS)) {
            RingcodeServer.describeBeans();
        } else {
            run(args, env, flags, log);
        }
    }

    private static void run(String[] args, Map<String, String> env, Flags flags, LogVerifier log) {
        try {
            var settings = Settings.read(args, env);
            if (flags.command().isPresent()) obey(flags.command().get(), flags, settings, log);
            else serve(settings, flags.actions().contains(Action.TRAIN));
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        } catch (StartRefused refused) {
            refused.problems().forEach(problem -> say(System.err, "ringcode: " + problem));
            System.exit(refused.exitCode());
        }
    }

    private static void obey(Command command, Flags flags, Settings settings, LogVerifier log) {
        // What the command itself says is enough.
        LoggingSystem.get(Launch.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        var database = new DatabaseCommands(settings, line -> say(System.err, line));
        switch (command) {
            case BACKUP ->
                say(System.out, database.backup(Path.of(flags.operand())).toString());
            case RESTORE -> {
                database.restore(Path.of(flags.operand()));
                say(System.err, "Restored. Start the server as before");
            }
            case MOVE -> {
                database.move();
                say(
                        System.err,
                        "Moved. Start the server with the same RINGCODE_DATABASE_URL, and keep the data folder");
            }
            case NEW_MASTER_KEY -> newMasterKey(settings);
            case VERIFY_LOG -> {
                var heads = flags.option(Flags.HEAD);
                var whole = database.verifyLog(
                        log,
                        flags.option(Flags.TENANT),
                        heads == null ? null : Path.of(heads),
                        line -> say(System.out, line));
                if (!whole) System.exit(WRONG);
            }
        }
    }

    private static void newMasterKey(Settings settings) {
        if (!MasterKeys.areInFolder(settings))
            throw StartRefused.because("The master key is the operator's own (RINGCODE_MASTER_KEY, its _FILE or its"
                    + " _COMMAND): put a new one before it there, as `openssl rand -base64 32` prints");
        var key = MasterKeys.addNew(settings.data());
        say(
                System.err,
                "The master key " + key.id() + " stands first in "
                        + settings.data().resolve("master.key")
                        + ": keep a copy of that file elsewhere. A server that runs takes it within seconds");
    }

    private static void serve(Settings settings, boolean training) throws IOException {
        var server = RingcodeServer.start(settings);
        if (training) {
            server.answerOnce();
            server.close();
        } else {
            Stop.onSignal(server, settings.stopDelay());
            server.announce();
        }
    }

    /** The version in the jar's own description, which the build writes. */
    private static String version() {
        var version = Launch.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static void say(PrintStream stream, String line) {
        stream.println(line);
    }
}
