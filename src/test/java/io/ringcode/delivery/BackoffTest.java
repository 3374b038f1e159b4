package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.delivery.outbox.Backoff;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Random random = new Random(1);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 30", "7, 30", "100, 30"})
    void doubles_up_to_half_a_minute_give_or_take_a_quarter(int attempt, int seconds) {
        for (int time = 0; time < 100; time++)
            assertThat(Backoff.after(attempt, null, random))
                    .isBetween(Duration.ofMillis(seconds * 750L), Duration.ofMillis(seconds * 1250L));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 60", "3, 5"})
    void never_comes_before_the_carrier_wants_it(int attempt, int seconds) {
        var asked = Duration.ofSeconds(seconds);
        for (int time = 0; time < 100; time++)
            assertThat(Backoff.after(attempt, asked, random)).isBetween(asked, asked.plusSeconds(1));
    }
}
