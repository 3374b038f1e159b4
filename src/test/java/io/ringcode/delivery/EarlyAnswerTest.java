package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers are told of a carrier's yes before its row is written: here somebody keeps the rows locked meanwhile. */
class EarlyAnswerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), new TestClock());
    private final Dispatcher dispatcher = node.bean(Dispatcher.class);

    @BeforeEach
    void route() {
        node.route("ant");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Connection lockAttempts() throws SQLException {
        var locker = node.bean(DataSource.class).getConnection();
        locker.setAutoCommit(false);
        try (var lock = locker.createStatement()) {
            lock.execute("LOCK TABLE attempt IN EXCLUSIVE MODE");
        }
        return locker;
    }

    @Test
    void an_acceptance_is_told_before_it_is_written() throws Exception {
        var promised = node.promise(Channel.SMS, "x");
        try (var locker = lockAttempts()) {
            assertThat(node.bean(Deliveries.class).send(promised, SOON)).isEqualTo(new DispatchResult.Accepted());
            assertThat(dispatcher.unwritten()).isEqualTo(1);
            assertThat(node.state(promised)).isEqualTo("sending");
            locker.rollback();
        }
        await().until(() -> dispatcher.unwritten() == 0);
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
    }

    @Test
    void a_refusal_is_told_once_it_is_written() throws Exception {
        node.scripted("ant").answers(new SendResult.Refused("21610", FailureCause.OPT_OUT));
        var promised = node.promise(Channel.SMS, "x");
        try (var locker = lockAttempts()) {
            assertThat(node.bean(Deliveries.class).send(promised, Duration.ofMillis(200)))
                    .isEqualTo(new DispatchResult.Pending());
            locker.rollback();
        }
        await().until(() -> node.state(promised).equals("failed, erased"));
    }

    @Test
    void so_many_rows_are_late_at_most() throws Exception {
        var deliveries = node.bean(Deliveries.class);
        var promises = new ArrayList<Queued.Promised>();
        for (int i = 0; i < 257; i++) promises.add(node.promise(Channel.SMS, "x"));
        try (var locker = lockAttempts()) {
            for (var promised : promises.subList(0, 256))
                assertThat(deliveries.send(promised, SOON)).isEqualTo(new DispatchResult.Accepted());
            assertThat(deliveries.send(promises.getLast(), NO_PATIENCE)).isEqualTo(new DispatchResult.Pending());
            locker.rollback();
        }
        await().atMost(SOON).until(() -> dispatcher.unwritten() == 0 && dispatcher.inHand() == 0);
    }
}
