package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another version of this program, built by its own launcher in a folder of its own below {@code target}, which is kept.
 *
 * @param name as git describes it
 * @param schema of its newest migration
 */
record EarlierBuild(String name, Path home, int schema) {
    private static final String MIGRATIONS = "src/main/resources/db/migration";

    /** The newest tag before this version; empty where there is none. */
    static Optional<String> lastRelease(Path home) throws Exception {
        var tag = said(home, "git", "describe", "--tags", "--abbrev=0");
        return tag.exit() == 0 ? Optional.of(tag.text()) : Optional.empty();
    }

    static EarlierBuild of(Path home, String ref) throws Exception {
        var commit = required(home, "git", "rev-parse", "--short=12", "--verify", ref + "^{commit}");
        var folder = home.resolve("target/rolling").resolve(commit);
        if (!Files.exists(folder.resolve("ringcode"))) {
            Files.createDirectories(folder);
            required(home, "sh", "-c", "git archive \"$1\" | tar x -C \"$2\"", "sh", commit, folder.toString());
        }
        Report.progress("builds " + ref + " (" + commit + ") in " + folder);
        required(folder, "env", "SOURCE_COMMIT=" + commit, "./ringcode", "--version");
        return new EarlierBuild(
                commit.startsWith(ref) || ref.startsWith(commit) ? commit : ref + " (" + commit + ")",
                folder,
                newest(folder));
    }

    /** Of a version's migrations. */
    static int newest(Path home) throws IOException {
        try (var migrations = Files.list(home.resolve(MIGRATIONS))) {
            return migrations
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V[0-9]+__.*"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
        }
    }

    private record Said(int exit, String text) {}

    private static String required(Path folder, String... words) throws Exception {
        var said = said(folder, words);
        if (said.exit() != 0) throw new IllegalStateException(String.join(" ", words) + ": " + said.text());
        return said.text();
    }

    private static Said said(Path folder, String... words) throws Exception {
        var process = new ProcessBuilder(List.of(words))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text.strip());
    }
}
