package io.ringcode.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.batch.TooBusy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashRoomTest {
    private static final long HEAP = 160L << 20;
    private static final String REST = "$5WoejzaBYyXzO12do1u6jg$+romgDAd9aMA8Rl9uHS/NUjoLaO3vU/QAlR5BMg7XT8";

    @Test
    void together_they_have_half_of_the_heap() throws Exception {
        var room = new HashRoom(8, HEAP);
        var kib = 30 * 1024;
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var two = new CountDownLatch(2);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++)
                callers.execute(() -> room.inTurn(kib, () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    two.countDown();
                    await(two);
                    inside.decrementAndGet();
                    return true;
                }));
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void what_never_fits_does_not_wait() {
        var room = new HashRoom(8, HEAP);
        assertThat(room.fits(64 * 1024)).isTrue();
        assertThat(room.fits(128 * 1024)).isFalse();
        assertThatThrownBy(() -> room.inTurn(128 * 1024, () -> true)).isInstanceOf(TooBusy.class);
    }

    @ParameterizedTest
    @CsvSource({
        "m=19456;t=2;p=1, true",
        "m=65536;t=3;p=4, true",
        "m=131072;t=10;p=1, false",
        "m=65536;t=10;p=1, false",
        "m=0;t=1;p=1, false",
        "m=64;t=0;p=1, false",
        "m=8;t=1;p=8, false"
    })
    void hashes_that_can_be_checked_at_a_bearable_cost(String parameters, boolean known) {
        assertThat(KnownHash.is("$argon2id$v=19$" + parameters.replace(';', ',') + REST))
                .isEqualTo(known);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
