package io.ringcode.console.activity;

/**
 * The period that figures are shown of: 7, 30 or 90 days.
 *
 * @param count of its days, the last one today
 */
record FigureDays(int count) {
    private static final FigureDays USUAL = new FigureDays(30);

    /** Whatever was typed that is none of them is the usual one. */
    static FigureDays of(String typed) {
        return switch (typed) {
            case "7" -> new FigureDays(7);
            case "90" -> new FigureDays(90);
            default -> USUAL;
        };
    }
}
