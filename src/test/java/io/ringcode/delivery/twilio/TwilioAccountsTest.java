package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.Fault;
import io.ringcode.delivery.Handover;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.twilio.TwilioAccounts.Change;
import io.ringcode.delivery.twilio.TwilioAccounts.View;
import io.ringcode.phone.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwilioAccountsTest {
    private static final Edit KEEP = new Edit.Keep();
    private static final String SERVICE = "MG00000000000000000000000000000002";

    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), new TestClock());
    private final TwilioAccounts accounts = node.bean(TwilioAccounts.class);

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    @Test
    void a_new_tenant_has_none() {
        assertThat(accounts.view(DeliveryNode.TENANT)).isEqualTo(new View(null, null, null));
    }

    @Test
    void absent_keeps_and_null_removes() {
        node.useTwilio();
        var service = Edit.of(true, SERVICE);
        accounts.save(DeliveryNode.TENANT, new Change(KEEP, KEEP, Edit.of(true, null), service));
        assertThat(accounts.view(DeliveryNode.TENANT)).isEqualTo(new View(DeliveryNode.SID, null, SERVICE));

        node.send((Promised) node.queue(node.message(Channel.SMS, "x")));
        assertThat(carrier.requests().getFirst().form()).containsOnlyKeys("To", "MessagingServiceSid", "Body");
    }

    @Test
    void a_sender_and_a_service_go_together() {
        node.useTwilio();
        accounts.save(DeliveryNode.TENANT, new Change(KEEP, KEEP, KEEP, new Edit.Set(SERVICE)));
        node.send((Promised) node.queue(node.message(Channel.SMS, "x")));
        assertThat(carrier.requests().getFirst().form()).containsOnlyKeys("To", "From", "MessagingServiceSid", "Body");
    }

    @Test
    void a_call_needs_a_number_to_come_from() {
        node.useTwilio();
        accounts.save(DeliveryNode.TENANT, new Change(KEEP, KEEP, new Edit.Remove(), new Edit.Set(SERVICE)));
        assertThat(node.queue(node.message(Channel.VOICE, "x"))).isEqualTo(new NotConfigured("twilio"));
        assertThat(node.queue(node.message(Channel.SMS, "x"))).isInstanceOf(Promised.class);
    }

    @Test
    void an_account_that_was_taken_away_meanwhile_refuses() {
        node.useTwilio();
        var promised = (Promised) node.queue(node.message(Channel.SMS, "x"));
        accounts.save(DeliveryNode.TENANT, new Change(KEEP, new Edit.Remove(), KEEP, KEEP));
        assertThat(node.send(promised)).isEqualTo(new Handover.Refused("not_configured", Fault.ACCOUNT));
        assertThat(carrier.count()).isZero();
    }

    @Test
    void the_token_lies_sealed() {
        node.useTwilio();
        assertThat(node.db()
                        .sql("SELECT string_agg(value::text, '') FROM tenant_setting")
                        .query(String.class)
                        .single())
                .contains(DeliveryNode.SID)
                .doesNotContain(DeliveryNode.TOKEN);
    }
}
