package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowCarrierTest {
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final TestClock clock = new TestClock();
    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node = new DeliveryNode(
            TestDatabase.freshDatabase(),
            carrier.baseUrl(),
            clock,
            Map.of("ringcode.delivery.concurrency", "20", "ringcode.delivery.permit-wait", "50ms"));

    @AfterEach
    void close() {
        carrier.close();
        node.close();
    }

    private void hangTwenty() {
        node.useTwilio();
        carrier.usually(new CarrierReply.Hang());
        var deliveries = node.bean(Deliveries.class);
        for (int message = 0; message < 20; message++)
            assertThat(deliveries.send(node.promise(Channel.SMS, "x"), NO_PATIENCE))
                    .isEqualTo(new DispatchResult.Pending());
        await().until(() -> carrier.count() == 20);
    }

    @Test
    void holds_no_database_connection() {
        hangTwenty();
        var pool = ((HikariDataSource) node.bean(DataSource.class)).getHikariPoolMXBean();
        assertThat(pool.getActiveConnections()).isZero();
    }

    @Test
    void gets_no_more_than_it_has_room_for_and_the_rest_waits_for_the_sweep() {
        hangTwenty();
        var waiting = node.promise(Channel.SMS, "x");
        assertThat(node.send(waiting)).isEqualTo(new DispatchResult.Pending());
        assertThat(carrier.count()).isEqualTo(20);
        assertThat(node.state(waiting)).isEqualTo("sending");
    }

    @Test
    void holds_up_no_other_provider() {
        hangTwenty();
        node.select("auth0");
        assertThat(node.send(node.promise(Channel.SMS, "x"))).isEqualTo(new DispatchResult.Accepted());
    }
}
