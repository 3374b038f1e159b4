package io.ringcode.fraud.traffic;

/** How long a code waits to be typed, in steps. */
final class Age {
    /** When each begins, in milliseconds. Most people type a code within half a minute, and nearly all within two and a half. */
    private static final long[] FROM = {0, 20_000, 60_000, 150_000};

    static final int COUNT = FROM.length;

    private Age() {}

    static long from(int age) {
        return FROM[age];
    }

    static int of(long millis) {
        int age = 0;
        while (age + 1 < COUNT && millis >= FROM[age + 1]) age++;
        return age;
    }
}
