package io.ringcode.log.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the report says of a tenant. */
final class VerificationText {
    /** Heads are signed each minute while a server runs. */
    private static final Duration LONG_UNSIGNED = Duration.ofMinutes(5);

    private VerificationText() {}

    static String of(TenantCheck check) {
        var first = check.first();
        if (first == null) return "whole, " + extent(check);
        var counts = check.counts().entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "WRONG from place " + first.place() + " on (" + counts + "): at place " + first.place() + " "
                + first.what() + "; " + extent(check);
    }

    private static String extent(TenantCheck check) {
        var begin = check.begin();
        var end = check.end();
        if (begin == null || end == null) return "no places";
        var newest = check.newest();
        return String.format(Locale.ROOT, "%,d lines, places %d to %d, ", check.lines(), begin.place() + 1, end.place())
                + (newest == null
                        ? "no signed head"
                        : check.heads() + " signed heads, the newest of " + newest.signedAt() + " at place "
                                + newest.place());
    }

    static List<String> notes(String tenant, TenantCheck check) {
        var notes = new ArrayList<String>();
        var placed = check.placedAt();
        var newest = check.newest();
        if (placed != null && newest != null && placed.isAfter(newest.signedAt().plus(LONG_UNSIGNED)))
            notes.add(tenant + ": lines behind place " + newest.place()
                    + " are under no signed head, although a server placed them minutes later: were heads removed?");
        if (check.late() > 0)
            notes.add(tenant + ": " + check.late()
                    + " lines got their places more than 15 minutes after the time that they tell,"
                    + " the first at place " + check.firstLate() + ": did no server run then?");
        return notes;
    }
}
