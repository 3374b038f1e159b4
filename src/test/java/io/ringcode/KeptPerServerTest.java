package io.ringcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/operations.md names every class that caches something. */
class KeptPerServerTest {
    private static final Pattern CACHE =
            Pattern.compile("Caffeine\\.newBuilder\\(|new Recent<>\\(this::|new Recent<>\\(prompt");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+)`");

    @Test
    void every_cache_is_in_the_table_and_every_class_of_the_table_is_there() throws IOException {
        var classes = new TreeSet<String>();
        var caches = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                classes.add(name);
                if (!name.equals("Recent")
                        && CACHE.matcher(Files.readString(file)).find()) caches.add(name);
            }
        }
        var docs = Files.readString(Path.of("docs/operations.md"));
        var section = docs.substring(docs.indexOf("## What each server keeps to itself"));
        var table = section.substring(0, section.indexOf("\n## ", 3))
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
                .collect(Collectors.joining());
        var named =
                NAMED.matcher(table).results().map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(caches).hasSizeGreaterThan(15).isSubsetOf(named);
        assertThat(named).isSubsetOf(classes);
    }
}
