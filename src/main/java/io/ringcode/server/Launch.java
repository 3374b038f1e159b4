package io.ringcode.server;

import io.ringcode.server.settings.Flags;
import io.ringcode.server.settings.Flags.Action;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** From the command line to a running server, and from a signal to its end. */
public final class Launch {
    private Launch() {}

    /** Comes back when the server runs; a signal ends the process later. Exits at once if it cannot start. */
    public static void main(String[] args, Map<String, String> env) {
        var actions = Flags.read(args).actions();
        if (actions.contains(Action.HELP)) {
            say(System.out, Flags.HELP.strip());
        } else if (actions.contains(Action.VERSION)) {
            say(System.out, "ringcode " + version());
        } else if (actions.contains(Action.BEANS)) {
            RingcodeServer.describeBeans();
        } else {
            serve(args, env, actions.contains(Action.TRAIN));
        }
    }

    private static void serve(String[] args, Map<String, String> env, boolean training) {
        try {
            var settings = Settings.read(args, env);
            var server = RingcodeServer.start(settings);
            if (training) {
                server.answerOnce();
                server.close();
            } else {
                Stop.onSignal(server, settings.stopDelay());
                server.announce();
            }
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        } catch (StartRefused refused) {
            refused.problems().forEach(problem -> say(System.err, "ringcode: " + problem));
            System.exit(refused.exitCode());
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
