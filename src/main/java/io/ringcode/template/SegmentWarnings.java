package io.ringcode.template;

import io.ringcode.phone.Segments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Warnings of templates whose SMS costs more than one segment. */
final class SegmentWarnings {
    private SegmentWarnings() {}

    /** One sentence for each length over one part, with the languages that have it; {@code name} is the template's. */
    static List<String> of(String name, Map<String, String> textByLanguage) {
        var tooLong = new TreeMap<Segments, List<String>>(
                Comparator.comparingInt(Segments::count).thenComparing(Segments::gsm));
        textByLanguage.forEach((tag, text) -> {
            var segments = Segments.of(text);
            if (segments.count() > 1)
                tooLong.computeIfAbsent(segments, _ -> new ArrayList<>()).add(tag);
        });
        return tooLong.entrySet().stream()
                .map(entry -> "%s: the SMS takes %d segments (%s) in %s"
                        .formatted(
                                name,
                                entry.getKey().count(),
                                entry.getKey().encoding(),
                                String.join(", ", entry.getValue())))
                .toList();
    }
}
