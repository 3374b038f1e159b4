package io.ringcode.schedule;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives memory back to the machine when a load is over: by themselves the JVM keeps its heap as large as the load has made it, and the C library
 * what the compilers have freed. It takes a collection of the whole heap, which stops the server for some 130 ms, and so waits for a quiet moment.
 *
 * <p>Does nothing where another collector was chosen than the serial one, which alone makes the heap as small as one collection leaves it (with
 * {@code -XX:-ShrinkHeapInSteps}).
 */
@Component
class IdleMemory implements RecurringTask {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);
    private static final Duration PERIOD = Duration.ofSeconds(20);

    /** In one period. Ten sign-ins a second cause as many; what a server does by itself, one. */
    private static final int COLLECTIONS_WHEN_QUIET = 2;

    /** Bytes that the heap must have grown by since memory was given back, to be worth a collection. */
    private static final long LEAST_GROWTH = 24 * 1024 * 1024;

    /** Of the heap, in percent, what may be free after the collection; what is more goes back. */
    private static final String LEAST_FREE = "5";

    private static final String MOST_FREE = "10";

    private final HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private long collections;
    private long size = heap();

    @Override
    public String name() {
        return "idle-memory";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        var before = collections;
        collections = collections();
        if (collections - before > COLLECTIONS_WHEN_QUIET || heap() - size < LEAST_GROWTH || !shrinks()) return;
        var large = heap();
        giveBack();
        size = heap();
        log.debug("The heap of {} MB is one of {} MB now", inMegabytes(large), inMegabytes(size));
        collections = collections();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory();
    }

    private static long inMegabytes(long bytes) {
        return bytes / 1024 / 1024;
    }

    private boolean shrinks() {
        return Boolean.parseBoolean(options.getVMOption("UseSerialGC").getValue());
    }

    /** The collection decides by two of the JVM's options how large the heap is afterwards; the next load finds them as they were. */
    private void giveBack() {
        var least = options.getVMOption("MinHeapFreeRatio").getValue();
        var most = options.getVMOption("MaxHeapFreeRatio").getValue();
        options.setVMOption("MinHeapFreeRatio", LEAST_FREE);
        options.setVMOption("MaxHeapFreeRatio", MOST_FREE);
        try {
            System.gc();
        } finally {
            options.setVMOption("MaxHeapFreeRatio", most);
            options.setVMOption("MinHeapFreeRatio", least);
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            null,
                            null);
        } catch (JMException missing) {
            log.debug("The C library here gives nothing back", missing);
        }
    }
}
