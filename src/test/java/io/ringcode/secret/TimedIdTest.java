package io.ringcode.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimedIdTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123Z");

    @Test
    void ids_are_version_7_and_sort_by_time_as_text_and_so_in_the_database() {
        var id = TimedId.at(NOW);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(TimedId.at(NOW)).isNotEqualTo(id);
        assertThat(TimedId.floor(NOW).toString()).isLessThan(id.toString());
        assertThat(TimedId.floor(NOW.plusMillis(1)).toString()).isGreaterThan(id.toString());
    }
}
