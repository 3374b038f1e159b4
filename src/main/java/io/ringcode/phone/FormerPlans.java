package io.ringcode.phone;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Numbering plans that have changed: numbers as address books still hold them, and the number that reaches the person now. A
 * rewriting counts only if the present plan, as libphonenumber knows it, has its outcome and not the old number.
 */
final class FormerPlans {
    /**
     * @param former E.164 as it was
     * @param present E.164 as it is, with the groups of {@code former}
     * @param from E.164 as it is, of what was changed; {@code back} is what it was
     */
    private record Change(Pattern former, String present, Pattern from, String back) {
        Change(String former, String present, String from, String back) {
            this(Pattern.compile(former), present, Pattern.compile(from), back);
        }
    }

    private static final List<Change> CHANGES = List.of(
            // Mexico, 2019: no 1 before mobile numbers that are called from abroad, and no 044 or 045 within (IFT).
            new Change("\\+52(?:1|04[45]|01)(\\d{10})", "+52$1", "\\+52(\\d{10})", "+521$1"),
            // Brazil, 2012 to 2016: a 9 before mobile numbers of eight digits (Anatel).
            new Change("\\+55(\\d{2})([6-9]\\d{7})", "+55$19$2", "\\+55(\\d{2})9([6-9]\\d{7})", "+55$1$2"),
            // Benin, 2024: 01 before all numbers (ARCEP).
            new Change("\\+229(\\d{8})", "+22901$1", "\\+22901(\\d{8})", "+229$1"),
            // Côte d'Ivoire, 2021: mobile numbers begin with what names their operator (ARTCI).
            new Change("\\+225(\\d[0-3]\\d{6})", "+22501$1", "\\+22501(\\d[0-3]\\d{6})", "+225$1"),
            new Change("\\+225(\\d[4-6]\\d{6})", "+22505$1", "\\+22505(\\d[4-6]\\d{6})", "+225$1"),
            new Change("\\+225(\\d[7-9]\\d{6})", "+22507$1", "\\+22507(\\d[7-9]\\d{6})", "+225$1"));

    /** The calling codes of {@link #CHANGES}. */
    private static final List<String> COUNTRIES = List.of("+52", "+55", "+229", "+225");

    private FormerPlans() {}

    /** Whether a number may be of a plan that has changed. */
    static boolean concern(String e164) {
        return COUNTRIES.stream().anyMatch(e164::startsWith);
    }

    /** Candidates for what a number of a former plan has become, to be judged by the present one. */
    static Optional<String> present(String e164) {
        return CHANGES.stream()
                .map(change -> rewritten(e164, change.former(), change.present()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** How a number of the present plan may have been written before. */
    static Stream<String> former(String e164) {
        return CHANGES.stream()
                .map(change -> rewritten(e164, change.from(), change.back()))
                .flatMap(Optional::stream);
    }

    private static Optional<String> rewritten(String e164, Pattern pattern, String replacement) {
        var found = pattern.matcher(e164);
        return found.matches() ? Optional.of(found.replaceFirst(replacement)) : Optional.empty();
    }
}
