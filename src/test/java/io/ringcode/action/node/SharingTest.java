package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.server.Eventually;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who has a process in common with whom: nobody, but for calls of one version of one tenant's script. */
class SharingTest {
    private static final String COUNTS =
            "module.exports = (r, t, c, cb) => { globalThis.n = (globalThis.n || 0) + 1; console.log(n); cb(null); };";
    private static final Node NODE = new Node();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private static List<String> run(String owner, String name) {
        return NODE.run(new Program(owner, name, COUNTS, null, null), Node.LONG).log();
    }

    @Test
    void only_the_same_version_of_the_same_owner_meets_itself_again() {
        assertThat(run("one", "hook@1")).containsExactly("1");
        assertThat(run("one", "hook@1")).containsExactly("2");
        assertThat(run("one", "hook@2")).containsExactly("1");
        assertThat(run("other", "hook@1")).containsExactly("1");
        assertThat(run("one", "hook@1")).containsExactly("3");
    }

    @Test
    void a_process_waits_for_the_next_script_and_has_run_nothing() throws Exception {
        var code = """
                module.exports = (recipient, text, context, cb) => {
                    console.log(Date.now() - process.uptime() * 1000, globalThis.before);
                    globalThis.before = true;
                    cb(null);
                };
                """;
        Eventually.holds("a process that is older than the wish for it", () -> {
            var wished = System.currentTimeMillis();
            var said = NODE.run(code).log().getFirst().split(" ", -1);
            assertThat(said[1]).isEqualTo("undefined");
            return Double.parseDouble(said[0]) < wished;
        });
    }

    @Test
    void a_tenant_whose_scripts_hang_leaves_workers_to_the_others() throws Exception {
        var hang = "module.exports = () => new Promise(() => {});";
        try (var node = new Node();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var greedy : List.of("first", "second", "third"))
                for (int number = 0; number < Workers.MOST; number++) {
                    var program = new Program(greedy, "hangs-" + number, hang, null, null);
                    callers.execute(() -> node.run(program, Node.LONG));
                }
            Eventually.holds(
                    "all that they may have is taken", () -> node.runtime().workers() >= Workers.MOST - 3);
            for (int other = 0; other < 6; other++) {
                var program = new Program("other-" + other, "hook", COUNTS, null, null);
                assertThat(node.run(program, Node.LONG).log()).containsExactly("1");
            }
            node.runtime().close();
        }
    }
}
