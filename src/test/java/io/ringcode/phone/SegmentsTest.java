package io.ringcode.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
    @ParameterizedTest
    @CsvSource({
        "a, 0, 1, true",
        "a, 160, 1, true",
        "a, 161, 2, true",
        "a, 306, 2, true",
        "a, 307, 3, true",
        "€, 80, 1, true",
        "€, 81, 2, true",
        // A part of 153 septets holds 76 of them, and its last septet stays empty.
        "€, 152, 2, true",
        "€, 153, 3, true",
        "ç, 70, 1, false",
        "Ç, 160, 1, true",
        "я, 70, 1, false",
        "я, 71, 2, false",
        "я, 134, 2, false",
        "я, 135, 3, false",
        "😀, 35, 1, false",
        "😀, 36, 2, false",
        // 67 units hold 33 pairs.
        "😀, 66, 2, false",
        "😀, 67, 3, false",
    })
    void counts_as_networks_do(String character, int times, int segments, boolean gsm) {
        assertThat(Segments.of(character.repeat(times))).isEqualTo(new Segments(segments, times == 0 || gsm));
    }
}
