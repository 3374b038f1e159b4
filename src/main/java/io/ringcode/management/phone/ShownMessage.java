package io.ringcode.management.phone;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.ledger.LedgerEntry;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of the history, as it is answered; never its text.
 *
 * @param phoneNumber masked
 * @param attempts null in a list
 */
public record ShownMessage(
        String id,
        String state,
        String channel,
        String provider,
        String userId,
        @Nullable String clientId,
        String authenticatorId,
        @Nullable String country,
        String language,
        @Nullable String phoneNumber,
        IsoTime createdAt,
        IsoTime expiresAt,
        @Nullable String replaces,
        @Nullable String replacedBy,
        @Nullable String replacedBecause,
        @Nullable IsoTime verifiedAt,
        @Nullable List<Attempt> attempts)
        implements JsonAnswer {

    /** @param advice what can be done about the fault */
    public record Attempt(
            int number,
            String provider,
            List<PassedOver> passedOver,
            String result,
            @Nullable String code,
            @Nullable String message,
            @Nullable String fault,
            @Nullable String advice,
            @Nullable String vendorId,
            int latencyMs,
            IsoTime at,
            List<Receipt> receipts)
            implements JsonAnswer {
        static Attempt of(LedgerEntry.Attempt attempt) {
            var fault = attempt.fault();
            return new Attempt(
                    attempt.number(),
                    attempt.provider(),
                    attempt.passedOver().stream()
                            .map(one -> new PassedOver(one.provider(), one.reason()))
                            .toList(),
                    attempt.result().wire(),
                    attempt.code(),
                    attempt.said(),
                    fault == null ? null : fault.name().toLowerCase(Locale.ROOT),
                    fault == null ? null : adviceOn(fault),
                    attempt.vendorId(),
                    attempt.latencyMs(),
                    new IsoTime(attempt.at()),
                    attempt.receipts().stream().map(Receipt::of).toList());
        }
    }

    /** A carrier that came before in the route and was not asked. */
    public record PassedOver(String provider, String reason) implements JsonAnswer {}

    public record Receipt(
            String state,
            @Nullable String code,
            @Nullable BigDecimal price,
            @Nullable String currency,
            boolean signed,
            IsoTime receivedAt)
            implements JsonAnswer {
        private static Receipt of(LedgerEntry.ReceiptEntry told) {
            return new Receipt(
                    told.state(),
                    told.code(),
                    told.price(),
                    told.currency(),
                    told.signed(),
                    new IsoTime(told.receivedAt()));
        }
    }

    static ShownMessage of(LedgerEntry entry, @Nullable List<Attempt> attempts) {
        return new ShownMessage(
                entry.id().toString(),
                entry.state().wire(),
                entry.channel().wire(),
                entry.provider(),
                entry.user(),
                entry.client(),
                entry.enrollment(),
                entry.country(),
                entry.language(),
                entry.to(),
                new IsoTime(entry.createdAt()),
                new IsoTime(entry.expiresAt()),
                text(entry.replaces()),
                text(entry.replacedBy()),
                entry.replacedWhy() == null ? null : entry.replacedWhy().wire(),
                IsoTime.of(entry.verifiedAt()),
                attempts);
    }

    static String adviceOn(FailureCause fault) {
        return switch (fault) {
            case NUMBER -> "This number cannot receive it. The person should enroll another one.";
            case OPT_OUT -> "The recipient opted out of messages from this sender. Only the recipient can undo that.";
            case VENDOR ->
                "This carrier does not deliver it. Look up the code (country, sender or content), or add another carrier.";
            case ACCOUNT -> "Check your account with this carrier: credentials, credit, suspension, trial limits.";
            case REQUEST -> "The request was invalid. Look up the code. A shorter text or another sender may help.";
        };
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
