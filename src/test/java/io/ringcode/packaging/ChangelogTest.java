package io.ringcode.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CHANGELOG.md and docs/upgrading.md know the version that is built. */
class ChangelogTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>ringcode</artifactId>\\s*<version>([0-9.]+)(-SNAPSHOT)?</version>");
    private static final Pattern HEADING =
            Pattern.compile("(?m)^## \\[([0-9]+\\.[0-9]+\\.[0-9]+)\\] - (Unreleased|[0-9]{4}-[0-9]{2}-[0-9]{2})$");
    private static final List<String> KINDS = List.of("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");

    @Test
    void the_newest_version_is_the_one_of_the_build() throws IOException {
        var pom = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        var changelog = Files.readString(Path.of("CHANGELOG.md"));
        var newest = HEADING.matcher(changelog);
        assertThat(newest.find()).isTrue();
        assertThat(newest.group(1)).isEqualTo(pom.group(1));
        if (pom.group(2) != null) assertThat(newest.group(2)).isEqualTo("Unreleased");
        assertThat(Files.readString(Path.of("docs/upgrading.md"))).contains("## To " + pom.group(1));
        assertThat(changelog.lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4)))
                .isSubsetOf(KINDS);
    }
}
