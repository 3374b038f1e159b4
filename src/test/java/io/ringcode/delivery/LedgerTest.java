package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.ledger.CountedAs;
import io.ringcode.delivery.ledger.Ledger;
import io.ringcode.delivery.ledger.Ledger.Filter;
import io.ringcode.delivery.ledger.LedgerEntry;
import io.ringcode.phone.Channel;
import io.ringcode.secret.TimedId;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With a hundred thousand messages that ant was given: the oldest two thousand failed, half of the others were delivered.
 * One was bee's, and did not arrive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {
    private static final int LIMIT = 50;

    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);

    @BeforeAll
    void fill() {
        node.db().sql("""
                INSERT INTO message (tenant_id, id, user_id, enrollment_id, channel, provider, language, to_sealed, state,
                                     expires_at, created_at)
                SELECT 'default', (lpad(to_hex(1767225600000 + n), 12, '0') || '70008' || lpad(n::text, 15, '0'))::uuid,
                       'auth0|' || n % 1000, 'phone|dev_1', CASE n WHEN 7 THEN 'voice' ELSE 'sms' END,
                       CASE n WHEN 7 THEN 'bee' ELSE 'ant' END, 'en', '',
                       CASE WHEN n = 7 THEN 'undelivered' WHEN n <= 2000 THEN 'failed' WHEN n % 2 = 0 THEN 'accepted' ELSE 'delivered' END,
                       now(), now()
                  FROM generate_series(1, 100000) AS n
                """).update();
        node.db().sql("VACUUM ANALYZE message").update();
    }

    @AfterAll
    void close() {
        node.close();
    }

    private static Filter filter(String state, String provider, Channel channel, String user) {
        return new Filter(state == null ? null : MessageState.of(state), provider, channel, user, null, null, null);
    }

    private List<LedgerEntry> list(Filter filter) {
        return node.bean(Ledger.class).list(DeliveryNode.TENANT, filter, null, LIMIT);
    }

    @ParameterizedTest
    @CsvSource({
        "undelivered, , , , 1",
        "failed, , , , 50",
        "failed, ant, SMS, , 50",
        "expired, , , , 0",
        "delivered, , , , 50",
        ", bee, , , 1",
        ", ant, , , 50",
        ", nobody, , , 0",
        "delivered, bee, , , 0",
        "undelivered, ant, , , 0",
        ", , VOICE, , 1",
        "accepted, , VOICE, , 0",
        "accepted, ant, SMS, , 50",
        ", , , auth0|7, 50",
        "undelivered, , , auth0|7, 1",
        ", , , , 50",
    })
    void no_filter_walks_the_messages(String state, String provider, Channel channel, String user, int found) {
        var filter = filter(state, provider, channel, user);
        assertThat(list(filter))
                .hasSize(found)
                .extracting(entry -> entry.id().toString())
                .isSortedAccordingTo(Comparator.reverseOrder());
        var plan = String.join(
                "\n",
                node.bean(Ledger.class)
                        .statement(
                                "EXPLAIN (ANALYZE, COSTS off, TIMING off, BUFFERS) ",
                                DeliveryNode.TENANT,
                                filter,
                                null,
                                LIMIT)
                        .query(String.class)
                        .list());
        assertThat(plan).doesNotContain("Seq Scan on message").contains("Index");
        var pages = Pattern.compile("shared hit=(\\d+)").matcher(plan);
        assertThat(pages.find()).isTrue();
        assertThat(Integer.parseInt(pages.group(1))).as(plan).isLessThan(500);
    }

    @Test
    void a_list_goes_on_where_it_ended_whatever_it_is_filtered_by() {
        var filter = new Filter(MessageState.DELIVERED, null, null, null, null, null, null);
        var first = list(filter);
        var next = node.bean(Ledger.class)
                .list(DeliveryNode.TENANT, filter, first.getLast().id(), LIMIT);
        assertThat(next.getFirst().id().toString())
                .isLessThan(first.getLast().id().toString());
        assertThat(next).hasSize(LIMIT).allMatch(entry -> entry.state() == MessageState.DELIVERED);
    }

    /** By their states, which the index has; what is not told by a state is often met. */
    @ParameterizedTest
    @CsvSource({"FAILED, 50", "SENT, 50", "CODES, 50", "DELIVERED, 50", "VERIFIED, 0"})
    void what_figures_count_is_found_by_the_same_rule(CountedAs as, int found) {
        var since = as == CountedAs.VERIFIED ? Instant.ofEpochMilli(1767225600000L + 99_000) : null;
        var filter = new Filter(null, null, null, null, since, null, as);
        assertThat(list(filter)).hasSize(found);
        var plan = String.join(
                "\n",
                node.bean(Ledger.class)
                        .statement(
                                "EXPLAIN (ANALYZE, COSTS off, TIMING off, BUFFERS) ",
                                DeliveryNode.TENANT,
                                filter,
                                null,
                                LIMIT)
                        .query(String.class)
                        .list());
        assertThat(plan).doesNotContain("Seq Scan on message");
        if (as != CountedAs.FAILED) return;
        var pages = Pattern.compile("shared hit=(\\d+)").matcher(plan);
        assertThat(pages.find()).isTrue();
        assertThat(Integer.parseInt(pages.group(1))).as(plan).isLessThan(500);
    }

    @Test
    void a_time_bounds_it_on_either_side() {
        var noon = Instant.ofEpochMilli(1767225600000L + 500);
        var since = new Filter(null, "ant", null, null, noon, noon.plusMillis(3), null);
        assertThat(node.bean(Ledger.class).list(DeliveryNode.TENANT, since, null, LIMIT))
                .extracting(LedgerEntry::id)
                .hasSize(3)
                .allMatch(id -> id.compareTo(TimedId.floor(noon)) >= 0);
    }
}
