package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.outbox.Housekeeping;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Retention;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);

    @AfterEach
    void close() {
        node.close();
    }

    private int count(String table) {
        return node.db()
                .sql("SELECT count(*) FROM " + table)
                .query(Integer.class)
                .single();
    }

    @Test
    void the_inbox_is_kept_a_day_and_messages_thirty() {
        var housekeeping = node.bean(Housekeeping.class);
        node.send(node.promise(Channel.SMS, "old"));
        clock.advance(Duration.ofHours(23));
        node.send(node.promise(Channel.SMS, "newer"));
        clock.advance(Duration.ofHours(2));
        housekeeping.run();
        assertThat(node.inbox()).extracting(DeliveryNode.InboxText::text).containsExactly("newer");
        assertThat(count("message")).isEqualTo(2);

        clock.advance(Retention.DEFAULT.ofMessages().minusHours(24));
        housekeeping.run();
        assertThat(count("message")).isOne();
        assertThat(count("attempt")).isOne();
    }

    @Test
    void more_than_one_batch_goes_too() {
        node.db().sql("""
                INSERT INTO message (tenant_id, id, user_id, enrollment_id, channel, provider, language, to_sealed, state,
                                     expires_at, created_at)
                SELECT 'default', ('01000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'u', 'e', 'sms', 'auth0',
                       'en', '\\x00', 'accepted', now(), now() FROM generate_series(1, 1200) AS n
                """).update();
        node.bean(Housekeeping.class).run();
        assertThat(count("message")).isZero();
    }
}
