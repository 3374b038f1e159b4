package io.ringcode.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.EveryAccount;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.fraud.FraudRules;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The whole way: a message, Twilio's callback to the address it was given, and what an administrator then sees. */
class TwilioCallbackTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode SERVER = Ringcode.on(
            TestDatabase.freshDatabase(), CARRIER, CLOCK, Map.of("RINGCODE_PUBLIC_URL", "https://mfa.example.org"));
    private static final String ACCOUNT = "AC00000000000000000000000000000000";

    private final TestTenant tenant = SERVER.tenant();
    private final Admin admin = admin(tenant);

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    /** Under the public address, and the tenant's own name, its tokens are issued. */
    private static Admin admin(TestTenant tenant) {
        Admin.of(tenant);
        var granted = tenant.token("client_credentials", "audience", "https://" + tenant.host() + "/api/v2/");
        return new Admin(tenant, granted.text("access_token"));
    }

    private JsonNode newest() {
        var list = admin.get("/guardian/factors/phone/messages?take=1");
        assertThat(list.status()).isEqualTo(200);
        var id = list.body().path("messages").path(0).path("id").asString();
        return admin.get("/guardian/factors/phone/messages/" + id).body();
    }

    private int call(String url, Map<String, String> fields, String token) throws Exception {
        var signed = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
        var form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(name + "=" + value));
        var target = URI.create(url);
        return tenant.send(tenant.request(target.getRawPath(), null)
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .header(
                                "X-Twilio-Signature",
                                Base64.getEncoder()
                                        .encodeToString(
                                                mac.doFinal(signed.toString().getBytes(UTF_8))))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(form.toString())))
                .status();
    }

    private String callback() {
        var url = CARRIER.requests().getLast().field("StatusCallback");
        assertThat(url).startsWith("https://" + tenant.host() + "/receipts/twilio/");
        return url;
    }

    @Test
    void a_signed_callback_moves_the_message_and_stands_in_the_ledger() throws Exception {
        tenant.enrolled(TestTenant.newNumber());
        var message = newest();
        assertThat(message.path("state").asString()).isEqualTo("accepted");
        var sid = message.path("attempts").path(0).path("vendor_id").asString();
        var fields = Map.of("MessageSid", sid, "MessageStatus", "delivered", "AccountSid", ACCOUNT);
        var url = callback();

        assertThat(call(url, fields, "another token")).isEqualTo(403);
        assertThat(newest().path("state").asString()).isEqualTo("accepted");
        assertThat(call(url, fields, "the-token-of-twilio")).isEqualTo(200);
        message = newest();
        assertThat(message.path("state").asString()).isEqualTo("delivered");
        assertThat(message.path("phone_number").asString()).matches("X+\\d{4}");
        assertThat(message.path("attempts")
                        .path(0)
                        .path("receipts")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("delivered");
        assertThat(call(url.replaceAll(".$", "_"), fields, "the-token-of-twilio"))
                .isEqualTo(404);
        assertThat(SERVER.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("SELECT count(*) FROM log WHERE tenant_id = :t AND type = 'receipt_refused'")
                        .param("t", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    /** What a carrier says of a number counts at once, where silence has to wait for the code's end. */
    @Test
    void numbers_that_are_nobodys_close_their_range_at_once() throws Exception {
        var rules = FraudRules.DEFAULT;
        SERVER.bean(Tenants.class).set(tenant.id(), FraudRules.NAME, rules, CLOCK.instant());
        int sent = 0;
        int status = 200;
        for (; status == 200 && sent < 30; sent++) {
            var person = tenant.person();
            status = tenant.associate(tenant.mfaToken(person, "enroll"), "sms", TestTenant.newNumber())
                    .status();
            if (status != 200) break;
            var sid = newest().path("attempts").path(0).path("vendor_id").asString();
            var report = Map.of(
                    "MessageSid", sid, "MessageStatus", "undelivered", "ErrorCode", "30005", "AccountSid", ACCOUNT);
            assertThat(call(callback(), report, "the-token-of-twilio")).isEqualTo(200);
            assertThat(newest().path("state").asString()).isEqualTo("undelivered");
            CLOCK.advance(Duration.ofSeconds(1));
        }
        assertThat(status).isEqualTo(429);
        assertThat(sent).isBetween(2, 8);
    }

    static List<Arguments> carriers() {
        return SERVER.bean(Carriers.class).all().stream()
                .map(carrier -> Arguments.of(carrier.name(), carrier.reports() != null))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void the_address_that_a_carrier_reports_to_is_told(String carrier, boolean reports) {
        SERVER.bean(CarrierAccounts.class)
                .save(
                        tenant.id(),
                        SERVER.bean(Carriers.class).form(carrier).orElseThrow(),
                        Change.set(EveryAccount.with(carrier)));
        var stored = admin.get("/branding/phone/providers")
                .body()
                .path("providers")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(carrier))
                .findFirst()
                .orElseThrow();
        var url = stored.path("receipt_url").asString("");
        if (!reports) assertThat(url).isEmpty();
        else {
            assertThat(url).startsWith("https://" + tenant.host() + "/receipts/" + carrier + "/");
            assertThat(tenant.get(URI.create(url).getRawPath(), null).status())
                    .as("the address is one that is listened at")
                    .isNotEqualTo(404);
        }
    }

    @Test
    void without_a_receipt_the_same_code_comes_by_the_next_carrier_of_the_route() throws Exception {
        SERVER.bean(CarrierAccounts.class)
                .save(
                        tenant.id(),
                        SERVER.bean(Carriers.class).form("mitto").orElseThrow(),
                        Change.set(EveryAccount.with("mitto")));
        admin.put(
                "/guardian/factors/phone/routes",
                "{'routes':[{'channel':'sms','providers':['twilio','mitto']}],'receipt_seconds':10}");
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var sid = newest().path("attempts").path(0).path("vendor_id").asString();
        call(
                callback(),
                Map.of("MessageSid", sid, "MessageStatus", "delivered", "AccountSid", ACCOUNT),
                "the-token-of-twilio");

        assertThat(tenant.challenge(tenant.mfaToken(person), "oob_channel", "sms")
                        .status())
                .isEqualTo(200);
        var code = tenant.code(number);
        var before = CARRIER.count();
        CARRIER.next(CarrierReply.json(200, "{\"responseCode\":0,\"id\":\"m1\"}"));
        CLOCK.advance(Duration.ofSeconds(11));
        Eventually.holds("an SMS by the next carrier", () -> CARRIER.count() > before);
        assertThat(CARRIER.requests().getLast().path()).isEqualTo("/sms");
        assertThat(CARRIER.requests().getLast().body()).contains(code);
        Eventually.holds("its answer", () -> newest().path("state").asString().equals("accepted"));
        assertThat(newest().path("provider").asString()).isEqualTo("mitto");
        assertThat(admin.get("/guardian/factors/phone/messages/"
                                + newest().path("replaces").asString())
                        .body()
                        .path("replaced_because")
                        .asString())
                .isEqualTo("no_receipt");
    }

    @Test
    void without_a_receipt_the_same_code_comes_by_a_call() throws Exception {
        admin.put(
                "/guardian/factors/phone/routes",
                "{'routes':[],'other_channel':{'enabled':true},'receipt_seconds':10}");
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var sid = newest().path("attempts").path(0).path("vendor_id").asString();
        call(
                callback(),
                Map.of("MessageSid", sid, "MessageStatus", "delivered", "AccountSid", ACCOUNT),
                "the-token-of-twilio");

        var login = tenant.mfaToken(person);
        var started = tenant.challenge(login, "oob_channel", "sms");
        assertThat(started.status()).isEqualTo(200);
        var code = tenant.code(number);
        var before = CARRIER.count();
        CLOCK.advance(Duration.ofSeconds(11));
        Eventually.holds("a call", () -> CARRIER.count() > before);
        assertThat(CARRIER.requests().getLast().path()).endsWith("/Calls.json");
        // Twilio fetches the words at that address: the code itself is not in the request.
        assertThat(CARRIER.requests().getLast().field("Url")).startsWith("https://");
        Eventually.holds("its answer", () -> newest().path("state").asString().equals("accepted"));
        var call = newest();
        assertThat(call.path("channel").asString()).isEqualTo("voice");
        var sms = admin.get("/guardian/factors/phone/messages/"
                        + call.path("replaces").asString())
                .body();
        assertThat(sms.path("replaced_because").asString()).isEqualTo("no_receipt");
        assertThat(tenant.verify(login, started.text("oob_code"), code).status())
                .isEqualTo(200);

        CLOCK.advance(Duration.ofSeconds(11));
        SERVER.bean(Sweeper.class).sweep();
        assertThat(CARRIER.count()).as("no third message").isEqualTo(before + 1);
    }

    @Test
    void after_two_failures_the_other_channel_takes_over() throws Exception {
        admin.put(
                "/guardian/factors/phone/routes", "{'routes':[],'other_channel':{'enabled':true,'after_failures':2}}");
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        CARRIER.usually(request ->
                request.path().endsWith("/Calls.json") ? CARRIER.twilioAccepts(request) : CarrierReply.json(503, "{}"));
        try {
            var started = tenant.challenge(tenant.mfaToken(person), "oob_channel", "sms");
            assertThat(started.status()).isEqualTo(200);
            CLOCK.advance(Duration.ofSeconds(2));
            Eventually.holds("a call", () -> CARRIER.requests().getLast().path().endsWith("/Calls.json"));
            var failed = admin.get("/guardian/factors/phone/messages?state=failed&channel=sms&provider=twilio&user_id="
                    + person.id().value().replace("|", "%7C"));
            assertThat(failed.body().path("messages").size()).isOne();
            assertThat(failed.body()
                            .path("messages")
                            .path(0)
                            .path("replaced_because")
                            .asString())
                    .isEqualTo("failures");
        } finally {
            CARRIER.usually(CARRIER::twilioAccepts);
        }
    }

    @Test
    void the_list_is_walked_by_checkpoints_and_filtered() {
        var person = tenant.enrolled(TestTenant.newNumber());
        for (int message = 0; message < 3; message++) tenant.challenge(tenant.mfaToken(person));
        var first = admin.get("/guardian/factors/phone/messages?take=3");
        assertThat(first.body().path("messages").size()).isEqualTo(3);
        var next = first.body().path("next").asString();
        var second = admin.get("/guardian/factors/phone/messages?take=3&from=" + next);
        assertThat(second.body().path("messages").size()).isOne();
        assertThat(second.body().has("next")).isFalse();
        assertThat(admin.get("/guardian/factors/phone/messages?since=2099-01-01T00:00:00Z")
                        .body()
                        .path("messages")
                        .size())
                .isZero();
        for (var wrong : new String[] {"state=nope", "channel=pigeon", "since=yesterday", "from=zzz", "page=1"})
            assertThat(admin.get("/guardian/factors/phone/messages?" + wrong).status())
                    .isEqualTo(400);
        var other = admin(SERVER.tenant());
        assertThat(other.get("/guardian/factors/phone/messages/" + next).status())
                .isEqualTo(404);
        assertThat(other.get("/guardian/factors/phone/messages/x").status()).isEqualTo(404);
    }
}
