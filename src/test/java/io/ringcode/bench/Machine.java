package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What processes have cost so far, as Linux counts it. */
public final class Machine {
    /** USER_HZ: what /proc counts in, the same on every Linux that runs Java. */
    private static final double MILLISECONDS_PER_TICK = 10;

    private Machine() {}

    /** CPU time in milliseconds since each began; {@code all} is the whole machine's, busy. */
    public record Cpu(double server, double database, double client, double all) {
        public Cpu minus(Cpu earlier) {
            return new Cpu(
                    server - earlier.server, database - earlier.database, client - earlier.client, all - earlier.all);
        }

        /** What ran besides: other people's work, and the kernel's that it charges to nobody. */
        double foreign() {
            return all - server - database - client;
        }
    }

    /** @param servers may be this process itself, which is then no client */
    public static Cpu cpu(List<ProcessHandle> servers, ProcessHandle postmaster) {
        var self = ProcessHandle.current();
        return new Cpu(
                servers.stream().mapToDouble(server -> ownTime(server.pid())).sum(),
                ownTime(postmaster.pid())
                        + endedChildrensTime(postmaster.pid())
                        + postmaster
                                .children()
                                .mapToDouble(child -> ownTime(child.pid()))
                                .sum(),
                servers.contains(self) ? 0 : ownTime(self.pid()),
                busy());
    }

    /** @return kB, or 0 where the kernel does not tell */
    static long resident(ProcessHandle process) {
        return kilobytes(Path.of("/proc", "" + process.pid(), "status"), "VmRSS:");
    }

    /** Of a process and its children, shared pages counted once. */
    static long proportional(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.children())
                .mapToLong(one -> kilobytes(Path.of("/proc", "" + one.pid(), "smaps_rollup"), "Pss:"))
                .sum();
    }

    /** PostgreSQL's, among this process' children. */
    public static ProcessHandle postmaster() {
        return ProcessHandle.current()
                .children()
                .filter(child -> {
                    try {
                        return Files.readString(Path.of("/proc", "" + child.pid(), "comm"))
                                .strip()
                                .equals("postgres");
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    static String description() {
        var model = lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return Runtime.getRuntime().availableProcessors() + " × " + model + ", "
                + kilobytes(Path.of("/proc/meminfo"), "MemTotal:") / 1024 / 1024 + " GiB, Linux "
                + System.getProperty("os.version") + ", Java " + Runtime.version();
    }

    private static double ownTime(long pid) {
        return ticks(pid, 11) + ticks(pid, 12);
    }

    private static double endedChildrensTime(long pid) {
        return ticks(pid, 13) + ticks(pid, 14);
    }

    /** proc_pid_stat(5), counted from behind the name, which may have blanks in it. */
    private static double ticks(long pid, int field) {
        var stat = String.join(" ", lines(Path.of("/proc", "" + pid, "stat")));
        if (stat.isEmpty()) return 0;
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[field]) * MILLISECONDS_PER_TICK;
    }

    /** Everything but idle, waiting for the disk, and what a guest's time is counted in twice. */
    private static double busy() {
        var fields = lines(Path.of("/proc/stat")).getFirst().split(" +", -1);
        return Arrays.stream(new int[] {1, 2, 3, 6, 7})
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                * MILLISECONDS_PER_TICK;
    }

    private static long kilobytes(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** None when the process has ended meanwhile. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, ISO_8859_1);
        } catch (java.nio.file.NoSuchFileException gone) {
            return List.of();
        } catch (IOException unreadable) {
            if (String.valueOf(unreadable.getMessage()).contains("No such process")) return List.of();
            throw new UncheckedIOException(unreadable);
        }
    }
}
