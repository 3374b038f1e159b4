package io.ringcode.delivery.receipt;

import static java.time.ZoneOffset.UTC;

import io.ringcode.budget.Charge;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.routing.CarrierHealth.HealthKey;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Receipts as rows, and the identifiers of calls that were heard before. */
@Component
public class ReceiptTable {
    private final JdbcClient db;

    ReceiptTable(JdbcClient db) {
        this.db = db;
    }

    /** The result of storing a receipt. */
    enum StoreResult {
        /** Its attempt is known. */
        MATCHED,
        /** Our own request has not been settled yet, or never was. */
        WAITING,
        REPEATED
    }

    /** @param signed whether the carrier's signature proved it */
    StoreResult store(TenantId tenant, String provider, Receipt receipt, boolean signed, Instant now) {
        var price = receipt.price();
        var fault = receipt.fault();
        return db.sql("""
                INSERT INTO receipt (tenant_id, provider, vendor_id, state, code, fault, price, currency, signed,
                                     received_at, waiting)
                VALUES (:tenant, :provider, :vendor, :state, :code, :fault, :price, :currency, :signed, :now,
                        NOT EXISTS (SELECT 1 FROM attempt
                                     WHERE tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor))
                ON CONFLICT (tenant_id, provider, vendor_id, state) DO NOTHING
                RETURNING waiting
                """)
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("vendor", receipt.vendorId())
                .param("state", wire(receipt.state()))
                .param("code", receipt.code())
                .param("fault", fault == null ? null : fault.name())
                .param("price", price == null ? null : price.amount())
                .param("currency", price == null ? null : price.currency())
                .param("signed", signed)
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .optional()
                .map(waiting -> waiting ? StoreResult.WAITING : StoreResult.MATCHED)
                .orElse(StoreResult.REPEATED);
    }

    /** The attempt that a carrier gave this id; empty where it is not settled yet. */
    Optional<Charge.Ref> attempt(TenantId tenant, String provider, String vendorId) {
        return db.sql("""
                SELECT message_id, number FROM attempt
                 WHERE tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor
                 ORDER BY message_id DESC LIMIT 1
                """)
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("vendor", vendorId)
                .query((row, _) ->
                        new Charge.Ref(tenant, row.getObject("message_id", UUID.class), row.getInt("number")))
                .optional();
    }

    /** @return false when this call is a repetition */
    boolean firstTime(TenantId tenant, String provider, byte[] call, Instant until) {
        return db.sql("""
                INSERT INTO receipt_call (tenant_id, provider, call_id, expires_at)
                VALUES (:tenant, :provider, :call, :until) ON CONFLICT DO NOTHING
                """)
                        .param("tenant", tenant.value())
                        .param("provider", provider)
                        .param("call", call)
                        .param("until", until.atOffset(UTC))
                        .update()
                == 1;
    }

    /**
     * The message that a receipt is about.
     *
     * @param moved whether this receipt moved its state; one that is final stays what it is
     * @param acceptedAt when the carrier took it
     * @param transaction the sign-in whose code it carries; null for none
     * @param trace the W3C trace context that it was stored in; null for none
     */
    record Moved(
            UUID id,
            Channel channel,
            @Nullable String region,
            Instant acceptedAt,
            boolean moved,
            @Nullable UUID transaction,
            @Nullable String trace) {
        HealthKey key(TenantId tenant, String provider) {
            return new HealthKey(tenant, provider, channel, region == null ? "none" : region);
        }
    }

    /**
     * Moves a message that a carrier took to its end.
     *
     * @param end {@code delivered} or {@code undelivered}; null moves nothing
     * @param alarm whether a message that did not arrive is looked at again, for the other channel
     */
    Optional<Moved> apply(
            TenantId tenant, String provider, String vendorId, @Nullable MessageState end, boolean alarm, Instant now) {
        return db.sql("""
                WITH named AS (
                    SELECT tenant_id, message_id, at FROM attempt
                     WHERE tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor
                     ORDER BY at DESC LIMIT 1),
                moved AS (
                    UPDATE message
                       SET state = :end, next_attempt_at = CASE WHEN :alarm AND expires_at > :now THEN :now::timestamptz END
                      FROM named
                     WHERE message.tenant_id = named.tenant_id AND id = named.message_id AND state = 'accepted'
                       AND :end::text IS NOT NULL
                    RETURNING id),
                matched AS (
                    UPDATE receipt SET waiting = false FROM named
                     WHERE receipt.tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor AND waiting)
                SELECT channel, region, named.at, transaction_id, id, trace, EXISTS (SELECT 1 FROM moved) AS moved
                  FROM named JOIN message ON message.tenant_id = named.tenant_id AND id = named.message_id
                """)
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("vendor", vendorId)
                .param("end", end == null ? null : end.wire())
                .param("alarm", alarm)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> moved(row))
                .optional();
    }

    /** Ends the wait for further receipts of a message that a carrier took; it stays accepted. */
    Optional<Moved> applyLastWord(TenantId tenant, String provider, String vendorId) {
        return db.sql("""
                WITH named AS (
                    SELECT tenant_id, message_id, at FROM attempt
                     WHERE tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor
                     ORDER BY at DESC LIMIT 1),
                moved AS (
                    UPDATE message SET next_attempt_at = NULL FROM named
                     WHERE message.tenant_id = named.tenant_id AND id = named.message_id AND state = 'accepted'
                       AND next_attempt_at IS NOT NULL
                    RETURNING id),
                matched AS (
                    UPDATE receipt SET waiting = false FROM named
                     WHERE receipt.tenant_id = :tenant AND provider = :provider AND vendor_id = :vendor AND waiting)
                SELECT channel, region, named.at, transaction_id, id, trace, EXISTS (SELECT 1 FROM moved) AS moved
                  FROM named JOIN message ON message.tenant_id = named.tenant_id AND id = named.message_id
                """)
                .param("tenant", tenant.value())
                .param("provider", provider)
                .param("vendor", vendorId)
                .query((row, _) -> moved(row))
                .optional();
    }

    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getObject("id", UUID.class),
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("region"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getBoolean("moved"),
                row.getObject("transaction_id", UUID.class),
                row.getString("trace"));
    }

    /** Whether a receipt says that a message is on its way. */
    boolean isSent(MessageRef message) {
        return db.sql("""
                SELECT EXISTS (
                    SELECT FROM attempt AS a
                      JOIN receipt AS r ON r.tenant_id = a.tenant_id AND r.provider = a.provider AND r.vendor_id = a.vendor_id
                     WHERE a.tenant_id = :tenant AND a.message_id = :message AND r.state IN ('sent', 'sent_final'))
                """)
                .param("tenant", message.tenant().value())
                .param("message", message.id())
                .query(Boolean.class)
                .single();
    }

    record Waiting(TenantId tenant, String provider, Receipt receipt) {}

    /** Receipts whose attempt has become known since they came. */
    List<Waiting> waiting(int limit) {
        return db.sql("""
                SELECT tenant_id, provider, vendor_id, state, code, fault, price, currency FROM receipt
                 WHERE waiting AND EXISTS (SELECT 1 FROM attempt AS a
                                            WHERE a.tenant_id = receipt.tenant_id AND a.provider = receipt.provider
                                              AND a.vendor_id = receipt.vendor_id)
                 ORDER BY received_at LIMIT :limit
                """).param("limit", limit).query((row, _) -> read(row)).list();
    }

    /** Deletes receipts for messages that no node sent. */
    int dropUnknown(Instant before) {
        return db.sql("""
                DELETE FROM receipt AS r USING known_tenant AS t
                 WHERE r.tenant_id = t.id AND r.waiting AND r.received_at < :before
                """).param("before", before.atOffset(UTC)).update();
    }

    private static Waiting read(ResultSet row) throws SQLException {
        var fault = row.getString("fault");
        var price = row.getBigDecimal("price");
        var receipt = Receipt.of(
                        row.getString("vendor_id"),
                        Receipt.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("code"),
                        fault == null ? null : FailureCause.valueOf(fault))
                .costing(price == null ? null : new Receipt.Price(price, row.getString("currency")));
        return new Waiting(new TenantId(row.getString("tenant_id")), row.getString("provider"), receipt);
    }

    static String wire(Receipt.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
