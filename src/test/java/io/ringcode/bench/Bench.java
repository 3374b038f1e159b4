package io.ringcode.bench;

import io.ringcode.bench.fraud.FraudReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the bench measures, or the part that its second argument names. */
final class Bench {
    private interface Part {
        /** @param folder of its own, below one that is there */
        void run(Path home, Path folder) throws Exception;
    }

    /** Need programs of their own, and a quarter of an hour. */
    private static final Set<String> BY_NAME = Set.of("failover", "rolling");

    private Bench() {}

    public static void main(String[] args) throws Exception {
        var home = Path.of(args[0]);
        var wanted = args.length > 1 ? args[1] : "all";
        if (wanted.equals("fraud")) {
            FraudReplay.main(Arrays.copyOfRange(args, 2, args.length));
            return;
        }
        var parts = parts(args.length > 2 ? args[2] : null);
        if (!wanted.equals("all") && !parts.containsKey(wanted))
            throw new IllegalArgumentException(wanted + " is none of " + parts.keySet());
        var folder = Files.createTempDirectory("ringcode-bench");
        try {
            Report.machine();
            for (var part : parts.entrySet())
                if (wanted.equals(part.getKey()) || (wanted.equals("all") && !BY_NAME.contains(part.getKey())))
                    part.getValue().run(home, Files.createDirectory(folder.resolve(part.getKey())));
            delete(folder);
        } catch (Exception failure) {
            Report.progress("broken off; what it left is in " + folder);
            throw failure;
        }
    }

    private static Map<String, Part> parts(@Nullable String operand) {
        var parts = new LinkedHashMap<String, Part>();
        parts.put("load", Load::run);
        parts.put("open", OpenRates::run);
        parts.put("wrong", WrongCodes::run);
        parts.put("growth", Growth::run);
        parts.put("nodes", Nodes::run);
        parts.put("failover", FailOver::run);
        parts.put("rolling", (home, folder) -> Rolling.run(home, folder, operand));
        parts.put("slow", SlowCarrier::run);
        parts.put("peer", Peer::run);
        parts.put("start", (home, folder) -> Report.starts(Starts.measure(home, folder)));
        parts.put("import", (home, folder) -> Report.imports(Imports.measure(home, folder)));
        parts.put("hooks", (_, folder) -> HookReport.say(HookSends.measure(folder)));
        parts.put("faults", (_, _) -> FaultReport.run());
        parts.put("chain", LogChain::run);
        parts.put("console", (_, _) -> ConsolePages.measure());
        return parts;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
