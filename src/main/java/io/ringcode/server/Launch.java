package io.ringcode.server;

import io.ringcode.server.Flags.Action;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the command line to a running server, and from a signal to its end. */
public final class Launch {
    private static final Logger log = LoggerFactory.getLogger(Launch.class);

    private Launch() {}

    /** Comes back when the server runs; a signal ends the process later. Exits at once if it cannot start. */
    public static void main(String[] args, Map<String, String> env) {
        var actions = Flags.read(args).actions();
        if (actions.contains(Action.HELP)) {
            say(System.out, Flags.HELP.strip());
        } else if (actions.contains(Action.VERSION)) {
            say(System.out, "ringcode " + version());
        } else {
            serve(args, env, actions.contains(Action.TRAIN));
        }
    }

    private static void serve(String[] args, Map<String, String> env, boolean training) {
        try {
            var settings = Settings.read(args, env);
            var server = RingcodeServer.start(settings);
            if (training) {
                server.close();
            } else {
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
                announce(settings, server);
            }
        } catch (StartRefused refused) {
            refused.problems().forEach(problem -> say(System.err, "ringcode: " + problem));
            System.exit(refused.exitCode());
        }
    }

    private static void announce(Settings settings, RingcodeServer server) {
        if (!settings.dev() && settings.publicUrl() == null)
            log.warn("No RINGCODE_PUBLIC_URL is set: only this machine can reach the server. Set it to the https"
                    + " address that people will use, or try --demo.");
        if (settings.dev()) log.warn("Development mode: never for real people's codes");
        log.info("Ringcode {} serves http://{}:{}", version(), host(settings), server.port());
    }

    private static String host(Settings settings) {
        if (settings.address() == null || Network.isLoopback(settings.address())) return "localhost";
        return settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
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
