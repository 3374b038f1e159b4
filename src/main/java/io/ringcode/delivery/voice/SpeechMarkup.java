package io.ringcode.delivery.voice;

import java.util.List;

/** A carrier's markup language for speech. */
public interface SpeechMarkup {
    /** About a second of silence. */
    String pause();

    /** Plain words, with what means something to the carrier escaped. */
    default String words(String text) {
        return text;
    }

    /** Digits, each by itself and not too fast. */
    default String code(List<String> digits) {
        return String.join(", ", digits);
    }

    /** All that is said between two pauses. */
    default String phrase(String said) {
        return said;
    }
}
