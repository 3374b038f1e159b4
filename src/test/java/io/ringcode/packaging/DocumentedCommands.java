package io.ringcode.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of the documentation with its fenced blocks.
 *
 * @param path from the root of the project
 */
record DocumentedCommands(Path path, List<Block> blocks) {
    private static final String MARK = "<!-- not run: ";

    /**
     * @param language as the fence names it; empty where it names none
     * @param whyNot the reason why a test does not run it; null where it has none
     */
    record Block(
            int line,
            String language,
            String text,
            @Nullable String whyNot) {
        boolean runs() {
            return language.equals("sh") && whyNot == null;
        }
    }

    static List<DocumentedCommands> all() throws IOException {
        var pages = new ArrayList<DocumentedCommands>();
        for (var folder : List.of("docs", "examples", "bench"))
            try (var files = Files.walk(Path.of(folder))) {
                for (var file : files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("node_modules"))
                        .sorted()
                        .toList()) pages.add(read(file));
            }
        for (var name : List.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")) pages.add(read(Path.of(name)));
        return pages;
    }

    static DocumentedCommands read(Path path) throws IOException {
        var lines = Files.readAllLines(path);
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("```")) continue;
            var language = lines.get(i).strip().substring(3).strip();
            var before = i == 0 ? "" : lines.get(i - 1).strip();
            var whyNot = before.startsWith(MARK)
                    ? before.substring(MARK.length()).replace("-->", "").strip()
                    : null;
            int first = i + 1;
            do i++;
            while (!lines.get(i).strip().equals("```"));
            blocks.add(new Block(first, language, String.join("\n", lines.subList(first, i)), whyNot));
        }
        return new DocumentedCommands(path, blocks);
    }

    Stream<Block> run() {
        return blocks.stream().filter(Block::runs);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
