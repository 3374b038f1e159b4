package io.ringcode.delivery.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.TestClock;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final PhoneNumber OTHER = new PhoneNumber("+493012345678");

    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);
    private final Inbox inbox = node.bean(Inbox.class);

    @AfterEach
    void close() {
        node.close();
    }

    private void put(PhoneNumber to, String text) {
        clock.advance(Duration.ofSeconds(1));
        inbox.put(DeliveryNode.TENANT, to, Channel.SMS, text, clock.instant());
    }

    @Test
    void the_newest_comes_first_for_one_phone_or_for_all() {
        put(DeliveryNode.PHONE, "one");
        put(OTHER, "two");
        put(DeliveryNode.PHONE, "three");

        assertThat(inbox.newestFirst(DeliveryNode.TENANT, null, 2))
                .extracting(InboxMessage::text)
                .containsExactly("three", "two");
        assertThat(inbox.newestFirst(DeliveryNode.TENANT, OTHER, 9))
                .containsExactly(new InboxMessage(
                        OTHER, Channel.SMS, "two", clock.instant().minusSeconds(1)));
        assertThat(inbox.newestFirst(new TenantId("other"), null, 9)).isEmpty();
    }

    @Test
    void number_and_text_lie_sealed() {
        put(OTHER, "Your code is 123456");
        assertThat(node.db()
                        .sql("SELECT inbox::text FROM inbox")
                        .query(String.class)
                        .single())
                .doesNotContain("123456", "30123");
    }
}
