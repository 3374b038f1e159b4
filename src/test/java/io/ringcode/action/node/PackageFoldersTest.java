package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.delivery.TestClock;
import io.ringcode.server.storage.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installed packages go when nobody has wanted them for a day, and only then. */
class PackageFoldersTest {
    private static final String LOCK = "{\"lockfileVersion\":3}";

    @TempDir
    private Path temporary;

    private final TestClock clock = new TestClock();
    private DataFolder data;
    private PackageFolders folders;

    @BeforeEach
    void installed() throws Exception {
        data = DataFolder.open(temporary);
        folders = new PackageFolders(data, clock);
        Files.createDirectories(data.resolve("hooks/modules"));
        install();
    }

    @AfterEach
    void close() {
        data.close();
    }

    private Path install() throws Exception {
        var place = folders.workplace();
        Files.createDirectories(place.resolve("node_modules/one"));
        return folders.keep(place, LOCK);
    }

    private boolean there() {
        return Files.isDirectory(
                data.resolve("hooks/modules").resolve(PackageFolders.name(LOCK)).resolve("node_modules/one"));
    }

    @Test
    void what_a_version_refers_to_stays_however_old_and_a_day_longer() throws Exception {
        clock.advance(Duration.ofDays(400));
        assertThat(folders.prune(List.of(PackageFolders.name(LOCK)))).isZero();
        clock.advance(PackageFolders.KEPT.minusMinutes(1));
        assertThat(folders.prune(List.of())).isZero();
        assertThat(there()).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(folders.prune(List.of("another"))).isOne();
        assertThat(there()).isFalse();
        assertThat(folders.find(LOCK)).isEmpty();
        assertThat(data.resolve("hooks/builds")).isEmptyDirectory();
    }

    @Test
    void what_was_just_installed_or_looked_for_stays() throws Exception {
        assertThat(folders.prune(List.of())).isZero();
        clock.advance(Duration.ofDays(2));
        assertThat(folders.find(LOCK)).isPresent();
        assertThat(folders.prune(List.of())).isZero();
        clock.advance(Duration.ofDays(2));
        assertThat(install()).isDirectory();
        assertThat(folders.prune(List.of())).isZero();
        assertThat(there()).isTrue();
    }

    @Test
    void what_a_killed_server_left_behind_goes() throws Exception {
        var half = folders.workplace();
        Files.writeString(half.resolve("package.json"), "{}");
        folders.clear();
        assertThat(half).doesNotExist();
        var removed = Files.createDirectories(data.resolve("hooks/builds/removed-1/node_modules"));
        folders.prune(List.of());
        assertThat(removed.getParent()).doesNotExist();
        assertThat(there()).isTrue();
    }
}
