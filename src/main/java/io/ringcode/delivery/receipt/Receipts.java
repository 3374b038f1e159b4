package io.ringcode.delivery.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.delivery.ReceiptRefused;
import io.ringcode.delivery.ReceiptRefused.Kind;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Reply;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The receipt webhook: checks that a call is the carrier's, and stores the receipts in it. */
@NamedInterface("receipt")
@Component
public class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final Reply NOT_FOUND = new Reply(404, null, "");
    private static final Reply COME_AGAIN = new Reply(503, null, "");
    /** Longer than any carrier's signature stays good. */
    private static final Duration REPLAYS_REMEMBERED = Duration.ofHours(1);
    /** Refused calls cannot flood the log: one line a minute for each kind, while the meter counts every call. */
    private static final Duration ONE_LINE = Duration.ofMinutes(1);

    private record Refusals(TenantId tenant, String carrier, Kind kind) {}

    private final Carriers carriers;
    private final CarrierAccounts accounts;
    private final ReceiptMatching matching;
    private final ReceiptTable table;
    private final KeyedHash hash;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Cache<Refusals, Instant> lastReported =
            Caffeine.newBuilder().maximumSize(10_000).build();

    Receipts(
            Carriers carriers,
            CarrierAccounts accounts,
            ReceiptMatching matching,
            ReceiptTable table,
            Keyring keys,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.carriers = carriers;
        this.accounts = accounts;
        this.matching = matching;
        this.table = table;
        this.hash = keys.hash("receipt-call");
        this.events = events;
        this.meters = meters;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Handles a call to {@link ReceiptAddresses#PATH}.
     *
     * @param token the secret part of the address, as the caller gave it
     */
    public Reply receive(TenantId tenant, String carrier, String token, VendorCall call) {
        var source = carriers.receipts(carrier).orElse(null);
        // An unknown carrier is not counted, since callers could choose the meter's labels.
        if (source == null) return NOT_FOUND;
        if (!isToken(tenant, carrier, token)) {
            refused(tenant, carrier, Kind.FORGED, "the address is not one that was given to the carrier");
            return NOT_FOUND;
        }
        try {
            return handle(tenant, carrier, source.read(tenant, call));
        } catch (IOException undecided) {
            LOG.warn(
                    "A call of {} could not be checked: {}",
                    carrier,
                    undecided.getClass().getSimpleName());
            return COME_AGAIN;
        }
    }

    private Reply handle(TenantId tenant, String carrier, ReceiptCheck check) {
        switch (check) {
            case Genuine genuine -> take(tenant, carrier, genuine);
            case Forged(var reason, var _) -> refused(tenant, carrier, Kind.FORGED, reason);
            case Stale(var reason) -> refused(tenant, carrier, Kind.STALE, reason);
            case Unreadable(var reason) -> refused(tenant, carrier, Kind.UNREADABLE, reason);
        }
        return check.reply();
    }

    private void take(TenantId tenant, String carrier, Genuine call) {
        transaction.executeWithoutResult(_ -> {
            var id = call.replayId();
            var until = clock.instant().plus(REPLAYS_REMEMBERED);
            if (id != null && !table.firstTime(tenant, carrier, hash.of(id), until)) {
                refused(tenant, carrier, Kind.REPLAYED, "the same call was heard before");
                return;
            }
            for (var receipt : call.receipts())
                count(carrier, matching.store(tenant, carrier, receipt, call.signed()) ? "heard" : "repeated");
        });
    }

    /** Whether an address was given to that carrier: from anybody else nothing needs to be read. */
    public boolean isAddress(TenantId tenant, String carrier, String token) {
        return carriers.receipts(carrier).isPresent() && isToken(tenant, carrier, token);
    }

    private boolean isToken(TenantId tenant, String carrier, String token) {
        var own = accounts.receiptToken(tenant, carrier);
        return own.isPresent() && MessageDigest.isEqual(own.get().getBytes(UTF_8), token.getBytes(UTF_8));
    }

    private void refused(TenantId tenant, String carrier, Kind kind, String reason) {
        count(carrier, kind.name().toLowerCase(Locale.ROOT));
        var now = clock.instant();
        var refusals = new Refusals(tenant, carrier, kind);
        var last = lastReported.asMap().put(refusals, now);
        if (last != null && now.isBefore(last.plus(ONE_LINE))) {
            lastReported.put(refusals, last);
            return;
        }
        LOG.warn("Refused a call in the name of {}, tenant {}: {}", carrier, tenant.value(), reason);
        events.publishEvent(new ReceiptRefused(tenant, carrier, kind, reason));
    }

    private void count(String carrier, String result) {
        meters.counter("ringcode.receipts", "provider", carrier, "result", result)
                .increment();
    }
}
