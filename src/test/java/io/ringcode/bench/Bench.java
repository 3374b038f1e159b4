package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * All that the bench measures, or the part that its second argument names: {@code load}, {@code start}, {@code import},
 * {@code hooks}, {@code faults} or {@code console}.
 */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        var home = Path.of(args[0]);
        var part = args.length > 1 ? args[1] : "all";
        var folder = Files.createTempDirectory("ringcode-bench");
        try {
            Report.machine();
            var all = part.equals("all");
            if (all || part.equals("load")) Report.load(Load.run(home, folder));
            if (all || part.equals("start")) Report.starts(Starts.measure(home, folder));
            if (all || part.equals("import")) Report.imports(Imports.measure(home, folder));
            if (all || part.equals("hooks")) HookReport.say(HookSends.measure(folder));
            if (all || part.equals("faults")) FaultReport.run();
            if (all || part.equals("console")) ConsolePages.measure();
            delete(folder);
        } catch (Exception failure) {
            Report.progress("broken off; what it left is in " + folder);
            throw failure;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
