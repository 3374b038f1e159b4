package io.ringcode.action.node;

import io.ringcode.server.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Node.js of this machine.
 *
 * @param npm null where there is none: scripts without dependencies run all the same
 */
record NodeProgram(
        Path node, int major, int minor, @Nullable Path npm) {
    static final int OLDEST = 20;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    /** @throws NoNode with what to install */
    static NodeProgram find(Settings.Hooks settings, Map<String, String> environment) throws NoNode {
        var candidates = settings.node() != null
                ? List.of(settings.node())
                : onPath("node", environment).toList();
        var seen = new ArrayList<String>();
        for (var node : candidates) {
            var version = VERSION.matcher(versionOf(node));
            if (!version.matches()) continue;
            var major = Integer.parseInt(version.group(1));
            if (major >= OLDEST)
                return new NodeProgram(node, major, Integer.parseInt(version.group(2)), npmFor(node, environment));
            seen.add(version.group());
        }
        throw new NoNode("Hooks need Node.js " + OLDEST + " or newer, and "
                + (seen.isEmpty() ? "none was found on this server" : "only " + String.join(", ", seen) + " was found")
                + ": install nodejs and npm, or let RINGCODE_NODE name the program.");
    }

    /** Reading is denied but for these files and folders, and with it writing, programs, threads and native add-ons. */
    List<String> command(List<Path> readable, int heapMegabytes) {
        var words = new ArrayList<>(List.of(node.toString(), "--no-warnings", "--max-old-space-size=" + heapMegabytes));
        words.add(major > 22 || (major == 22 && minor >= 13) ? "--permission" : "--experimental-permission");
        // From 25 on the permission model closes the network too; here the broker decides.
        if (major >= 25) words.add("--allow-net");
        for (var path : readable) words.add("--allow-fs-read=" + path + (Files.isDirectory(path) ? "/*" : ""));
        return words;
    }

    private static Stream<Path> onPath(String program, Map<String, String> environment) {
        return Stream.concat(
                        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                                .filter(folder -> folder.startsWith("/")),
                        Stream.of("/usr/local/bin", "/usr/bin", "/opt/node/bin"))
                .distinct()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }

    private static @Nullable Path npmFor(Path node, Map<String, String> environment) {
        return Stream.concat(
                        Optional.ofNullable(node.getParent()).stream()
                                .map(folder -> folder.resolve("npm"))
                                .filter(Files::isExecutable),
                        onPath("npm", environment))
                .findFirst()
                .orElse(null);
    }

    private static String versionOf(Path node) {
        try {
            var process = new ProcessBuilder(node.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
        } catch (IOException notAProgram) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
