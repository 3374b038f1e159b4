package io.ringcode.bench.fraud;

import org.jspecify.annotations.Nullable;

/**
 * A request for a message, what comes of it if it is sent, and what it was. Times are milliseconds of the epoch.
 *
 */
record Event(
        String id,
        long at,
        String tenant,
        String application,
        Flow flow,
        String session,
        String user,
        long userCreatedAt,
        String phone,
        boolean voice,
        String ip,
        int asn,
        @Nullable String asnKind,
        @Nullable String ipCountry,
        @Nullable String userAgent,
        @Nullable Integer formMillis,
        @Nullable Integer pageLoads,
        double price,
        Outcome outcome,
        @Nullable Label label) {
    enum Flow {
        ENROLL("enroll"),
        SIGN_IN("sign-in"),
        RESEND("resend");

        final String wire;

        Flow(String wire) {
            this.wire = wire;
        }
    }

    record Outcome(
            @Nullable Long deliveredAfter,
            String receipt,
            @Nullable Long receiptAfter,
            @Nullable Long verifiedAfter,
            int wrongTries,
            boolean passesChallenge,
            long challengeMillis) {}

    record Label(boolean attack, String scenario) {}

    boolean isAttack() {
        return label != null && label.attack();
    }
}
