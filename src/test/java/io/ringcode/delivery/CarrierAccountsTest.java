package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountForm.Problem;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CarrierAccountsTest {
    private static final FieldChange REMOVE = new FieldChange.Remove();
    private static final String SERVICE = "MG00000000000000000000000000000002";

    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), new TestClock());
    private final CarrierAccounts accounts = node.bean(CarrierAccounts.class);
    private final AccountForm<?> twilio =
            node.bean(Carriers.class).form("twilio").orElseThrow();

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    private void change(Map<String, FieldChange> fields) {
        node.change("twilio", Change.of(fields));
    }

    private Queued queue(Channel channel) {
        return node.queue(node.message(channel, "x"));
    }

    @Test
    void a_new_tenant_has_none() {
        assertThat(accounts.view(DeliveryNode.TENANT, "twilio")).isEmpty();
        assertThat(accounts.all(DeliveryNode.TENANT)).isEmpty();
        assertThat(accounts.receiptToken(DeliveryNode.TENANT, "twilio")).isEmpty();
    }

    @Test
    void what_a_change_does_not_name_stays() {
        node.useTwilio();
        change(Map.of("default_from", REMOVE, "sid", new FieldChange.Keep(), "mssid", new FieldChange.Set(SERVICE)));
        var account = accounts.view(DeliveryNode.TENANT, "twilio").orElseThrow();
        assertThat(account.fields()).isEqualTo(Map.of("sid", DeliveryNode.SID, "mssid", SERVICE));
        assertThat(account.secrets()).containsExactly("auth_token");
        assertThat(account.id()).matches("pro_\\w{16}");

        node.send((Promised) queue(Channel.SMS));
        assertThat(carrier.requests().getFirst().form())
                .containsKeys("To", "MessagingServiceSid", "Body")
                .doesNotContainKey("From");
    }

    @Test
    void a_message_by_a_service_names_no_sender() {
        node.useTwilio();
        change(Map.of("mssid", new FieldChange.Set(SERVICE)));
        node.send((Promised) queue(Channel.SMS));
        assertThat(carrier.requests().getFirst().form())
                .containsKeys("To", "MessagingServiceSid", "Body")
                .doesNotContainKey("From");
    }

    @Test
    void a_call_needs_a_number_to_come_from() {
        node.useTwilio();
        change(Map.of("default_from", REMOVE, "mssid", new FieldChange.Set(SERVICE)));
        assertThat(queue(Channel.VOICE)).isEqualTo(new NotConfigured("twilio"));
        assertThat(queue(Channel.SMS)).isInstanceOf(Promised.class);
    }

    @Test
    void an_account_that_was_taken_away_meanwhile_refuses() {
        node.useTwilio();
        var promised = (Promised) queue(Channel.SMS);
        change(Map.of("auth_token", REMOVE));
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Refused("not_configured", FailureCause.ACCOUNT));
        assertThat(carrier.count()).isZero();
    }

    @Test
    void an_account_that_is_switched_off_or_lacks_the_channel_carries_nothing() {
        node.useTwilio();
        node.change("twilio", new Change(Map.of(), null, Set.of(Channel.VOICE)));
        assertThat(queue(Channel.SMS)).isEqualTo(new NotConfigured("twilio"));
        assertThat(queue(Channel.VOICE)).isInstanceOf(Promised.class);
        node.change("twilio", new Change(Map.of(), true, null));
        assertThat(queue(Channel.VOICE)).isEqualTo(new NotConfigured("twilio"));
    }

    @Test
    void what_is_missing_or_misspelt_is_known_before_it_is_saved() {
        var edits = Map.<String, FieldChange>of("default_from", new FieldChange.Set("x".repeat(65)));
        assertThat(twilio.problems(accounts.preview(DeliveryNode.TENANT, twilio, edits)))
                .containsExactly(
                        new Problem("sid", "must be set"),
                        new Problem("auth_token", "must be set"),
                        new Problem("default_from", "must have 1 to 64 characters"));
        node.useTwilio();
        assertThat(twilio.problems(accounts.preview(DeliveryNode.TENANT, twilio, Map.of())))
                .isEmpty();
    }

    @Test
    void secrets_lie_sealed_and_open_nowhere_else() {
        node.useTwilio();
        var other = new TenantId("other");
        node.db()
                .sql("INSERT INTO tenant (id, created_at) VALUES ('other', now())")
                .update();
        assertThat(node.db()
                        .sql("SELECT string_agg(c::text, '') FROM carrier_account AS c")
                        .query(String.class)
                        .single())
                .contains(DeliveryNode.SID)
                .doesNotContain(DeliveryNode.TOKEN);
        node.db().sql("""
                        INSERT INTO carrier_account
                        SELECT 'other', carrier, id, disabled, channels, fields, secrets, receipt_salt, created_at,
                               updated_at
                          FROM carrier_account
                        """).update();
        assertThat(accounts.find(DeliveryNode.TENANT, twilio)).isPresent();
        assertThat(accounts.view(other, "twilio")).isPresent();
        assertThat(accounts.find(other, twilio)).isEmpty();
    }

    @Test
    void a_new_account_is_reported_to_at_a_new_address() {
        node.useTwilio();
        var addresses = node.bean(ReceiptAddresses.class);
        var first = addresses.of(DeliveryNode.TENANT, "twilio").orElseThrow().toString();
        assertThat(first).matches("https://mfa\\.example\\.org/receipts/twilio/[\\w-]{22}");
        assertThat(accounts.delete(DeliveryNode.TENANT, "twilio")).isTrue();
        assertThat(accounts.delete(DeliveryNode.TENANT, "twilio")).isFalse();
        node.useTwilio();
        assertThat(addresses.of(DeliveryNode.TENANT, "twilio").orElseThrow().toString())
                .isNotEqualTo(first);
    }
}
