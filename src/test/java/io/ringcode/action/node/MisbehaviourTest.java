package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.action.node.Outcome.Died;
import io.ringcode.action.node.Outcome.Done;
import io.ringcode.action.node.Outcome.Failed;
import io.ringcode.action.node.Outcome.TimedOut;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a script does, its own call ends, and those of others do not notice. */
class MisbehaviourTest {
    private static final String GOOD = "module.exports = (recipient, text, context, cb) => cb(null, {});";
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Node NODE = new Node();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.exports = (recipient, text, context, cb) => { for (;;); };",
                "module.exports = (recipient, text, context, cb) => {};",
                "module.exports = async () => new Promise(() => {});",
                "module.exports = async (recipient, text, context, cb) => {};",
                "for (;;);",
            })
    void a_script_that_hangs_is_killed_when_its_time_is_over(String code) throws Exception {
        var before = NODE.runtime().workers();
        assertThat(NODE.run(Node.hook(code), SHORT).outcome()).isEqualTo(new TimedOut(SHORT));
        Eventually.holds("its process is gone", () -> NODE.runtime().workers() <= before);
        assertThat(NODE.run(GOOD).outcome()).isEqualTo(new Done(null));
    }

    @Test
    void others_in_the_same_worker_get_their_answer_before_it_is_killed() throws Exception {
        var program = Node.hook("""
                module.exports = (recipient, text, context, cb) => {
                    if (recipient === 'hang') return;
                    setTimeout(() => cb(null, {}), 1500);
                };
                """);
        var hanging = new ArrayList<Outcome>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                hanging.add(NODE.runtime()
                        .run(program, Node.message("hang"), Duration.ofMillis(700))
                        .outcome());
            } catch (NoNode missing) {
                throw new AssertionError(missing);
            }
        });
        assertThat(NODE.run(program, Node.LONG).outcome()).isEqualTo(new Done(null));
        thread.join();
        assertThat(hanging).containsExactly(new TimedOut(Duration.ofMillis(700)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.exports = () => { throw new Error('no luck'); };",
                "module.exports = async () => { throw new Error('no luck'); };",
                "module.exports = (r, t, c, cb) => cb(new Error('no luck'));",
                "module.exports = (r, t, c, cb) => cb('no luck');",
                "module.exports = (r, t, c, cb) => cb({message: 'no luck'});",
                "module.exports = (r, t, c, cb) => { setTimeout(() => { throw new Error('no luck'); }, 10); };",
                "module.exports = (r, t, c, cb) => { Promise.reject(new Error('no luck')); };",
                "throw new Error('no luck');",
            })
    void an_error_reaches_the_caller_however_it_is_given(String code) {
        assertThat(NODE.run(code).outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.error().message()).isEqualTo("no luck"));
    }

    @Test
    void the_domains_of_older_sdks_are_suffered() {
        assertThat(NODE.error("const domain = require('domain').create(); module.exports = (r, t, c, cb) =>"
                        + " domain.run(() => cb(new Error('from a domain')));"))
                .isEqualTo("from a domain");
    }

    @Test
    void an_exit_ends_the_call_and_not_the_service() {
        assertThat(NODE.error("module.exports = () => process.exit(3);"))
                .isEqualTo("The script called process.exit(3)");
        assertThat(NODE.run(GOOD).outcome()).isEqualTo(new Done(null));
    }

    @Test
    void a_leak_ends_its_own_process_only() {
        assertThat(NODE.run("module.exports = () => { const all = []; for (;;) all.push(new Array(1000).fill({})); };")
                        .outcome())
                .isEqualTo(new Died("it ran out of memory"));
        var buffers = "module.exports = () => { const all = []; for (;;) all.push(Buffer.alloc(1e7, 1)); };";
        // Node.js 24 looks for more memory until its time is over.
        assertThat(Node.told(NODE.run(buffers).outcome()))
                .containsAnyOf("allocation failed", "ran out of memory", "TimedOut");
        assertThat(NODE.run(GOOD).outcome()).isEqualTo(new Done(null));
    }

    @Test
    void a_flood_of_output_is_cut_off_and_said_to_be() {
        var ran = NODE.run("""
                module.exports = (recipient, text, context, cb) => {
                    for (let i = 0; i < 100000; i++) console.log('line', i);
                    cb(null, {});
                };
                """);
        assertThat(ran.outcome()).isEqualTo(new Done(null));
        assertThat(ran.log()).hasSizeLessThan(400).contains("line 0", "(more output was left out)");
    }

    @Test
    void a_flood_past_the_log_ends_the_process() {
        assertThat(NODE.run(flood("'x'.repeat(5000) + '\\n'")).outcome())
                .isEqualTo(new Died("it wrote more than 1024 kB past its log"));
        assertThat(NODE.run(flood("'x'.repeat(5000)")).outcome()).isInstanceOf(Died.class);
    }

    /** Writes without end; a full pipe only makes it try again. */
    private static String flood(String text) {
        return "module.exports = () => { for (;;) try { require('fs').writeSync(1, %s); } catch {} };".formatted(text);
    }

    @Test
    void an_answer_gets_through_a_pipe_that_is_full() {
        var ran = NODE.run("""
                module.exports = (recipient, text, context, cb) => {
                    process.emitWarning('which makes the pipe non-blocking');
                    let full = 0;
                    while (full < 3) try { require('fs').writeSync(1, 'x'.repeat(4000) + '\\n'); full++; } catch { full++; }
                    cb(new Error('said at last ' + 'y'.repeat(8000)));
                };
                """);
        assertThat(message(ran)).startsWith("said at last");
    }

    @Test
    void only_the_first_answer_counts() {
        var ran = NODE.run("""
                module.exports = async (recipient, text, context, cb) => {
                    cb(null, {});
                    cb(new Error('changed my mind'));
                    throw new Error('really');
                };
                """);
        assertThat(ran.outcome()).isEqualTo(new Done(null));
    }

    @Test
    void a_forged_answer_of_another_call_has_no_number_to_forge() {
        var ran = NODE.run("""
                const line = text => require('fs').writeSync(1, text + '\\n');
                module.exports = (recipient, text, context, cb) => {
                    line('{"done":17}'); line('{"log":-1,"text":5}'); line('[]'); line('null'); line('{"log":'); line('');
                    cb(null, {});
                };
                """);
        assertThat(ran.outcome()).isEqualTo(new Done(null));
    }

    @Test
    void two_owners_never_share_a_process_and_one_program_does() {
        var code = "module.exports = (r, t, c, cb) => cb(String(globalThis.count = (globalThis.count || 0) + 1));";
        var one = new Program("tenant-a", "same", code, null, null);
        var other = new Program("tenant-b", "same", code, null, null);
        assertThat(message(NODE.run(one, Node.LONG))).isEqualTo("1");
        assertThat(message(NODE.run(one, Node.LONG))).isEqualTo("2");
        assertThat(message(NODE.run(other, Node.LONG))).isEqualTo("1");
    }

    @Test
    void many_calls_of_many_programs_all_come_back() throws Exception {
        var programs = new ArrayList<Program>();
        for (int i = 0; i < 30; i++) programs.add(Node.hook("tenant-" + i, GOOD));
        var done = new CountDownLatch(300);
        for (int i = 0; i < 300; i++) {
            var program = programs.get(i % 30);
            Thread.ofVirtual().start(() -> {
                var outcome = NODE.run(program, Node.LONG).outcome();
                if (outcome instanceof Done || outcome instanceof Outcome.NotRun || outcome instanceof Died)
                    done.countDown();
            });
        }
        assertThat(done.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(NODE.runtime().workers()).isLessThanOrEqualTo(Workers.MOST);
    }

    private static String message(Ran ran) {
        return ((Failed) ran.outcome()).error().message();
    }
}
