package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.action.node.Outcome.Done;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Dependencies come from the registry, without their scripts, pinned by a lock that other servers install by. */
class NpmTest {
    private static final PackageRegistry REGISTRY = new PackageRegistry();
    private static final Map<String, String> SETTINGS =
            Map.of("RINGCODE_NPM_REGISTRY", REGISTRY.url().toString());
    private static final Node NODE = new Node(SETTINGS);

    @AfterAll
    static void stop() {
        NODE.close();
        REGISTRY.close();
    }

    @Test
    void a_package_and_what_it_requires_are_there_by_require_on_every_server() throws Exception {
        REGISTRY.put("inner", "1.0.0", "module.exports = 'inner one';", Map.of());
        REGISTRY.put("inner", "2.0.0", "module.exports = 'inner two';", Map.of());
        REGISTRY.put(
                "outer",
                "1.2.0",
                "module.exports = require('inner');",
                Map.of("dependencies", Map.of("inner", "^1.0.0")));
        var progress = new ArrayList<String>();
        var wanted = Map.of("outer", "^1.0.0");
        var lock = NODE.runtime().install(wanted, progress::add);
        assertThat(progress).isNotEmpty().allMatch(line -> line.startsWith("npm has fetched "));
        assertThat(lock).contains("\"integrity\"").doesNotContain("resolved", "127.0.0.1");
        assertThat(required(NODE, lock, wanted)).isEqualTo("inner one");

        // A newer one that would fit does not change what was locked.
        REGISTRY.put("outer", "1.3.0", "module.exports = 'changed';", Map.of());
        try (var other = new Node(SETTINGS)) {
            assertThat(required(other, lock, wanted)).isEqualTo("inner one");
        }
        var asked = REGISTRY.asked();
        assertThat(required(NODE, lock, wanted)).isEqualTo("inner one");
        assertThat(REGISTRY.asked()).as("what is here is not fetched again").isEqualTo(asked);
    }

    private static String required(Node node, String lock, Map<String, String> wanted) throws Exception {
        var modules = node.runtime().modules(wanted, lock);
        var code = "module.exports = (recipient, text, context, cb) => cb(require('outer'));";
        var program = new Program("tenant", "with-" + System.nanoTime(), code, null, modules);
        var outcome = node.run(program, Node.LONG).outcome();
        return outcome instanceof Outcome.Failed(var error) ? error.message() : outcome.toString();
    }

    @Test
    void a_declared_axios_goes_before_the_one_that_is_there() throws Exception {
        REGISTRY.put("axios", "0.0.1", "module.exports = 'declared';", Map.of());
        var wanted = Map.of("axios", "0.0.1");
        var modules = NODE.runtime().modules(wanted, NODE.runtime().install(wanted, _ -> {}));
        var code =
                "module.exports = (recipient, text, context, cb) => cb(require('axios') === 'declared' ? null : 'no');";
        assertThat(NODE.run(new Program("tenant", "axios", code, null, modules), Node.LONG)
                        .outcome())
                .isEqualTo(new Done(null));
    }

    @Test
    void no_script_of_a_package_runs() throws Exception {
        var trace = NODE.folder().resolve("was-here");
        REGISTRY.put(
                "nosy",
                "1.0.0",
                "module.exports = 1;",
                Map.of("scripts", Map.of("install", "touch " + trace, "postinstall", "touch " + trace)));
        NODE.runtime().install(Map.of("nosy", "1.0.0"), _ -> {});
        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    void what_is_not_there_is_told_in_a_sentence() {
        assertThatThrownBy(() -> NODE.runtime().install(Map.of("no-such-package", "1.0.0"), _ -> {}))
                .isInstanceOf(InstallFailed.class)
                .hasMessageStartingWith("npm could not install the dependencies (E404): ")
                .hasMessageContaining("no-such-package")
                .hasMessageNotContaining("/tmp");
        REGISTRY.put("old", "1.0.0", "", Map.of());
        assertThatThrownBy(() -> NODE.runtime().install(Map.of("old", "^7.0.0"), _ -> {}))
                .hasMessageStartingWith("npm could not install the dependencies (ETARGET): ")
                .hasMessageContaining("old@^7.0.0");
    }

    @Test
    void packages_from_elsewhere_are_not_installed() {
        REGISTRY.put(
                "guide",
                "1.0.0",
                "",
                Map.of("dependencies", Map.of("stranger", REGISTRY.url() + "/direct/-/direct-1.0.0.tgz")));
        REGISTRY.put("direct", "1.0.0", "", Map.of());
        REGISTRY.put("cloner", "1.0.0", "", Map.of("dependencies", Map.of("repository", "git+file:///tmp/nowhere")));
        REGISTRY.put("opener", "1.0.0", "", Map.of("dependencies", Map.of("archive", "file:///etc/archive.tgz")));
        REGISTRY.put("lister", "1.0.0", "", Map.of("dependencies", Map.of("folder", "file:/etc")));
        for (var name : List.of("guide", "cloner", "opener", "lister"))
            assertThatThrownBy(() -> NODE.runtime().install(Map.of(name, "1.0.0"), _ -> {}))
                    .as(name)
                    .isInstanceOf(InstallFailed.class)
                    .hasMessageContaining("Not from the registry");
        assertThat(REGISTRY.paths()).as("not even asked for").noneMatch(path -> path.contains("direct"));
    }

    @Test
    void a_machine_without_node_says_what_to_install() throws Exception {
        var empty = Files.createTempDirectory("no-node");
        var wrong = new io.ringcode.server.settings.Settings.Hooks(java.nio.file.Path.of("/bin/true"), null);
        assertThatThrownBy(() -> NodeProgram.find(wrong, Map.of("PATH", empty.toString())))
                .isInstanceOf(NoNode.class)
                .hasMessage("Hooks need Node.js 20 or newer, and none was found on this server: install nodejs and npm,"
                        + " or let RINGCODE_NODE name the program.");
        Files.delete(empty);
    }
}
