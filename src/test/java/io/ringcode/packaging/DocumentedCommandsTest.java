package io.ringcode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of the documentation is run against a fresh server as a reader would paste it, or says why it is not. */
@Timeout(120)
class DocumentedCommandsTest {
    /** What the fence may name beside commands: nothing that a reader pastes into a shell. */
    private static final Set<String> READ_ONLY = Set.of("json", "yaml", "js", "sql", "liquid", "text", "http");

    /** A password that is right and not enough is what the walk-throughs want. */
    private static final Pattern REFUSED =
            Pattern.compile("\"error\":\"(?!mfa_required)[a-z_]+\"|\"statusCode\":[45][0-9]{2}");

    @TempDir
    static Path folder;

    private static RingcodeServer server;
    private static String address;

    @BeforeAll
    static void start() {
        var database = TestDatabase.freshDatabase();
        var data = folder.resolve("ringcode-data").toString();
        var environment = Map.of(
                "RINGCODE_DATABASE_URL", database.url(),
                "RINGCODE_DATABASE_USERNAME", database.user(),
                "RINGCODE_DATABASE_PASSWORD", database.password(),
                "RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY);
        server = RingcodeServer.start(
                Settings.read(new String[] {"--demo", "--port", "0", "--data", data}, environment));
        address = "localhost:" + server.port();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<DocumentedCommands> pages() throws IOException {
        return DocumentedCommands.all().stream()
                .filter(page -> page.run().findAny().isPresent());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commands_do_what_the_page_says(DocumentedCommands page) throws Exception {
        run(page);
    }

    /** Whoever comes back to it the next day has a phone bound already. */
    @Test
    void the_walk_through_of_the_readme_runs_twice() throws Exception {
        var readme = DocumentedCommands.read(Path.of("README.md"));
        assertThat(run(readme)).contains("\"amr\":[\"pwd\",\"sms\",\"mfa\"]");
        assertThat(run(readme)).contains("\"amr\":[\"pwd\",\"sms\",\"mfa\"]");
    }

    /** What docs/local-phone.md promises of the clock. */
    @Test
    void a_code_runs_out_when_the_clock_is_moved() throws Exception {
        var readme = DocumentedCommands.read(Path.of("README.md"));
        var walk = readme.run().findFirst().orElseThrow().text();
        var moved = walk.replace("# 4. Type the code.", "curl -s $URL/dev/phone/clock -d by=PT6M");
        assertThat(moved).isNotEqualTo(walk);
        assertThat(paste(readme, moved + "\ncurl -s $URL/dev/phone/clock -d by=PT0S\necho \"$tokens\""))
                .contains("expired_token");
    }

    @Test
    void every_block_is_run_or_says_why_not() throws IOException {
        assertThat(DocumentedCommands.all().stream()
                        .flatMap(page -> page.blocks().stream()
                                .filter(block -> !block.runs() && !READ_ONLY.contains(block.language()))
                                .filter(block -> block.whyNot() == null)
                                .map(block -> page + ":" + block.line() + " names the language '" + block.language()
                                        + "' and is not run")))
                .isEmpty();
    }

    @Test
    void each_guide_is_whole_by_itself() throws IOException {
        var guides =
                pages().filter(page -> page.path().startsWith("docs/guides")).toList();
        assertThat(guides).hasSizeGreaterThanOrEqualTo(6);
    }

    /** @return what was printed */
    private static String run(DocumentedCommands page) throws IOException, InterruptedException {
        var script = new StringBuilder("set -eu\n");
        for (var block : needed(page)) script.append(block.text()).append('\n');
        page.run()
                .forEach(block -> script.append("echo '@@ line ")
                        .append(block.line())
                        .append("'\n")
                        .append(block.text())
                        .append('\n'));
        var said = paste(page, script.toString());
        assertThat(REFUSED.matcher(said).find())
                .as("%s printed%n%s", page, said)
                .isFalse();
        return said;
    }

    private static String paste(DocumentedCommands page, String script) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("bash", "-c", script.replace("localhost:8080", address))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        var said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).as("%s printed%n%s", page, said).isZero();
        return said;
    }

    /** Guides can be pasted whole; other pages go on from the first steps. */
    private static List<DocumentedCommands.Block> needed(DocumentedCommands page) throws IOException {
        var first = Path.of("docs/first-steps.md");
        if (page.path().startsWith("docs/guides")
                || page.path().equals(first)
                || page.path().endsWith("README.md")) return List.of();
        return List.of(DocumentedCommands.read(first).run().findFirst().orElseThrow());
    }
}
