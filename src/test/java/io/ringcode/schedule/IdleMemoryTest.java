package io.ringcode.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In JVMs of their own, which have the options that the launcher gives, since a heap is the whole process' one. */
class IdleMemoryTest {
    private static final List<String> SHRINKING = List.of("-XX:+UseSerialGC", "-XX:-ShrinkHeapInSteps");

    @Test
    void a_heap_that_a_load_has_made_large_is_given_back_when_it_is_over() throws Exception {
        var lines = run(SHRINKING);

        assertThat(megabytes(lines, "loaded")).isGreaterThan(90);
        assertThat(megabytes(lines, "during")).isGreaterThan(90);
        assertThat(megabytes(lines, "after")).isLessThan(40);
        assertThat(lines).contains("options as before");
    }

    @Test
    void another_collector_than_the_one_that_gives_back_at_once_is_left_alone() throws Exception {
        var lines = run(List.of("-XX:+UseParallelGC"));

        assertThat(megabytes(lines, "after")).isEqualTo(megabytes(lines, "during"));
    }

    private static long megabytes(List<String> lines, String when) {
        return lines.stream()
                .filter(line -> line.startsWith(when + " "))
                .mapToLong(line -> Long.parseLong(line.substring(when.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(lines));
    }

    private static List<String> run(List<String> options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(
                List.of("-Xms16m", "-Xmx160m", "-cp", System.getProperty("java.class.path"), Program.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader(UTF_8)) {
            return output.readAllLines();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A load, and the task as it is run during and after it. */
    static final class Program {
        private static final int BLOCK = 1024 * 1024;

        private static final byte[][] held = new byte[90][];

        private Program() {}

        public static void main(String[] arguments) {
            var task = new IdleMemory();
            task.run();
            var before = ratios();
            for (int block = 0; block < held.length; block++) held[block] = new byte[BLOCK];
            say("loaded");
            // Nothing is held any more, but much was collected since the task ran last.
            Arrays.fill(held, null);
            task.run();
            say("during");
            task.run();
            say("after");
            System.out.println(before.equals(ratios()) ? "options as before" : "options are others");
        }

        private static List<String> ratios() {
            var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return List.of(
                    options.getVMOption("MinHeapFreeRatio").getValue(),
                    options.getVMOption("MaxHeapFreeRatio").getValue());
        }

        private static void say(String when) {
            System.out.println(when + " " + Runtime.getRuntime().totalMemory() / BLOCK);
        }
    }
}
