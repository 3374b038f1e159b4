package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * How pages looked when somebody last said that they are right, a line for each view and page. What differs is shown below
 * {@code target/looks}; {@code -Dringcode.looks=accept} says that all of it is right.
 */
final class Looks {
    private static final Path FOLDER = Path.of("target/looks").toAbsolutePath();

    private final String name;
    private final Path stored;
    private final Path pictures;
    private final Path differences;
    private final SortedSet<String> expected = new TreeSet<>();

    /** @param stored where they are kept */
    Looks(String name, Path stored) throws IOException {
        this.name = name;
        this.stored = stored;
        this.pictures = emptied(FOLDER.resolve(name));
        this.differences = emptied(FOLDER.resolve(name + "-differing"));
    }

    static Looks of(String name) throws IOException {
        return new Looks(name, Path.of("src/test/resources/io/ringcode/e2e", name + ".looks"));
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) Files.delete(file);
        }
        return folder;
    }

    /** Where the pictures of now belong, each named by its view and page. */
    Path pictures() {
        return pictures;
    }

    void expect(String view, String page) {
        if (!expected.add(view + " " + page)) throw new IllegalArgumentException(page + " is there twice in " + view);
    }

    /** A test for each view. */
    Stream<DynamicTest> tests() {
        if (System.getProperty("ringcode.looks", "").equals("accept"))
            return Stream.of(dynamicTest("looks are accepted", this::accept));
        return Stream.concat(
                Stream.of(dynamicTest("looks are those of pages that there are", this::noneIsLeftOver)),
                expected.stream()
                        .collect(Collectors.groupingBy(one -> one.split(" ", 2)[0], TreeMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(view -> dynamicTest("looks as it did: " + view.getKey(), () -> compare(view.getValue()))));
    }

    private void noneIsLeftOver() throws IOException {
        assertThat(read().keySet()).as(advice()).isSubsetOf(expected);
    }

    private void compare(List<String> pages) throws IOException {
        assertThat(complaints(pages)).as(advice()).isEmpty();
    }

    private String advice() {
        return "What %s must look like is kept in %s; what differs is pictured in %s, before on the left and now on the right. Where now is right, run this test with -Dringcode.looks=accept and commit"
                .formatted(name, stored, differences);
    }

    /** Pages that do not look as they did, named by view and page, and how. */
    SortedMap<String, String> complaints() throws IOException {
        return complaints(expected);
    }

    private SortedMap<String, String> complaints(Collection<String> pages) throws IOException {
        var known = read();
        var complaints = new TreeMap<String, String>();
        for (var page : pages) {
            var complaint = complaint(page, known.get(page));
            if (!complaint.isEmpty()) complaints.put(page, complaint);
        }
        return complaints;
    }

    private String complaint(String page, @Nullable Likeness known) throws IOException {
        var file = picture(page);
        if (!Files.exists(file)) return "no picture was taken";
        if (known == null) return "is new";
        var picture = Objects.requireNonNull(ImageIO.read(file.toFile()));
        var differing = known.differing(picture);
        var beside = differences.resolve(page + ".png");
        Files.deleteIfExists(beside);
        if (differing.isEmpty()) return "";
        ImageIO.write(known.beside(picture, differing), "png", beside.toFile());
        return differing.size() + " cells differ, " + Likeness.where(picture, differing);
    }

    private Path picture(String page) {
        return pictures.resolve(page + ".png");
    }

    /** Keeps the line of what looks as it did, so that a change of it shows what changed. */
    void accept() throws IOException {
        var known = read();
        var lines = new TreeMap<String, String>();
        for (var page : expected) {
            if (!Files.exists(picture(page))) throw new AssertionError(page + ": no picture was taken");
            var before = known.get(page);
            var picture = Objects.requireNonNull(ImageIO.read(picture(page).toFile()));
            var kept = before != null && before.differing(picture).isEmpty() ? before : Likeness.of(picture);
            lines.put(page, page + "\t" + kept.text());
        }
        Files.createDirectories(stored.getParent());
        Files.write(stored, lines.values());
    }

    private Map<String, Likeness> read() throws IOException {
        var known = new TreeMap<String, Likeness>();
        if (!Files.exists(stored)) return known;
        for (var line : Files.readAllLines(stored)) {
            var parts = line.split("\t", 2);
            known.put(parts[0], Likeness.parse(parts[1]));
        }
        return known;
    }
}
