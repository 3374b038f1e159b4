package io.ringcode.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
    /** Else all connections can be held by those who wait for a read that needs one more. */
    @Test
    void nobody_waits_for_the_read_of_another() throws Exception {
        var reads = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var recent = new Recent<String, Integer>(_ -> {
            var read = reads.incrementAndGet();
            if (read == 1) {
                begun.countDown();
                await(released);
            }
            return read;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = CompletableFuture.supplyAsync(() -> recent.get("key"), threads);
            await(begun);
            var quick = CompletableFuture.supplyAsync(() -> recent.get("key"), threads);
            try {
                assertThat(quick.get(10, TimeUnit.SECONDS)).isEqualTo(2);
            } finally {
                released.countDown();
            }
            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void what_is_known_is_not_read_again_until_it_is_forgotten() {
        var reads = new AtomicInteger();
        var recent = new Recent<String, Integer>(_ -> reads.incrementAndGet());
        assertThat(recent.get("key")).isEqualTo(1);
        recent.forget("key");
        assertThat(recent.get("key")).isEqualTo(2);
    }

    /** Else a server whose own read was under way would answer from before its own change, for half a second. */
    @Test
    void what_was_read_before_a_change_is_not_kept_after_it() throws Exception {
        var stored = new AtomicInteger(1);
        var read = new CountDownLatch(1);
        var changed = new CountDownLatch(1);
        var recent = new Recent<String, Integer>(_ -> {
            var value = stored.get();
            read.countDown();
            await(changed);
            return value;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = CompletableFuture.supplyAsync(() -> recent.get("key"), threads);
            await(read);
            stored.set(2);
            recent.forget("key");
            changed.countDown();
            assertThat(before.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(recent.get("key")).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
