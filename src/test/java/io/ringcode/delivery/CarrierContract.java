package io.ringcode.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every carrier's adapter must do, whatever its API looks like. One subclass per carrier. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one node for all of them
@Timeout(30) // whatever has no end of its own fails here instead of hanging
public abstract class CarrierContract {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    protected final TestClock clock = new TestClock();
    protected final FakeCarrier carrier = new FakeCarrier();
    protected final DeliveryNode node = new DeliveryNode(
            TestDatabase.freshDatabase(),
            carrier.baseUrl(),
            clock,
            Map.of("ringcode.delivery.carrier-timeout", "500ms", "ringcode.delivery.connect-timeout", "500ms"));

    /** As people would find it in a template, with characters that no 7-bit alphabet has. */
    private static final String SMS =
            "Ihr Code für „Käse & Co“ ✓ ist 123456. Über 60 Zeichen lang, mit <Zeichen> + mehr.";

    private static final String SPOKEN = "Hier ist Ihr Code für Käse & Co. \uE0001.2.3.4.5.6. \uE000Auf Wiederhören.";

    /** The provider's name. */
    protected abstract String name();

    /** Sets an account with which both channels can be used, as far as the carrier has them. */
    protected abstract void configure();

    /** An acceptance, and the id in it. */
    protected abstract CarrierReply accepts(String vendorId);

    /** A 2xx that lacks the id. */
    protected abstract CarrierReply acceptsWithoutId();

    /** What is to be made of a 2xx that says nothing. */
    protected Class<? extends SendResult> misunderstood() {
        return Unknown.class;
    }

    /** Which channels the carrier has. */
    protected List<Channel> channels() {
        return List.of(Channel.values());
    }

    /** What a person would read or hear. */
    protected abstract String said(CarrierRequest request);

    /** What the vendor's document finds wrong with a request; aborts the test where there is no document. */
    protected abstract List<String> problems(Channel channel, CarrierRequest request) throws Exception;

    /** A permanent refusal, and what is to be made of it. */
    protected abstract Map<CarrierReply, Refused> refusals();

    /** The same, where each channel has an API of its own. */
    protected Map<CarrierReply, Refused> refusals(Channel channel) {
        return refusals();
    }

    @BeforeAll
    void select() {
        configure();
        node.select(name());
    }

    @AfterAll
    void close() {
        node.close();
        carrier.close();
    }

    /** What the carrier's own reading makes of a call to us. */
    protected ReceiptCheck read(VendorCall call) throws IOException {
        return node.bean(Carriers.class).receipts(name()).orElseThrow().read(DeliveryNode.TENANT, call);
    }

    /** A call that comes in at {@code path}, with these headers, at the node's time. */
    protected VendorCall call(String url, Map<String, String> headers, String body) {
        return new VendorCall("POST", URI.create(url), headers, body.getBytes(UTF_8), clock.instant());
    }

    protected SendResult ask(Channel channel) {
        return ask(channel, channel == Channel.SMS ? "Your code is 123456" : "Code \uE000 1.2.3.4.5.6", Locale.US);
    }

    protected SendResult ask(Channel channel, String text, Locale language) {
        var wish = node.message(channel, text);
        return ask(new NewMessage(
                wish.tenant(),
                wish.user(),
                wish.client(),
                wish.enrollment(),
                wish.to(),
                channel,
                text,
                language,
                wish.expiresAt()));
    }

    private SendResult askFrom(String sender, Channel channel) {
        var wish = node.message(channel, channel == Channel.SMS ? SMS : SPOKEN);
        return ask(new NewMessage(
                wish.tenant(),
                wish.user(),
                wish.client(),
                wish.enrollment(),
                wish.to(),
                channel,
                wish.text(),
                wish.language(),
                wish.expiresAt(),
                null,
                null,
                sender));
    }

    protected SendResult ask(NewMessage wish) {
        var message = new PhoneMessage(
                wish.tenant(),
                UUID.randomUUID(),
                wish.user(),
                wish.client(),
                wish.to(),
                wish.channel(),
                wish.text(),
                wish.language(),
                wish.expiresAt(),
                wish.context(),
                wish.from());
        return node.bean(Dispatcher.class).ask(new ClaimedMessage(message, name(), "US", 1, wish.expiresAt()));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void an_acceptance_brings_the_vendors_id(Channel channel) {
        carrier.next(accepts("id-1"));
        assertThat(ask(channel)).isEqualTo(new Accepted("id-1"));
        assertThat(said(carrier.requests().getLast())).matches("(?s).*1(, )?2\\1?3\\1?4\\1?5\\1?6.*");
    }

    @ParameterizedTest
    @MethodSource("channels")
    void a_request_fits_the_vendors_document(Channel channel) throws Exception {
        for (var language : List.of(Locale.GERMANY, Locale.US, Locale.forLanguageTag("ar"), Locale.of("tlh"))) {
            carrier.next(accepts("id-1"));
            ask(channel, channel == Channel.SMS ? SMS : SPOKEN, language);
            assertThat(problems(channel, carrier.requests().getLast())).isEmpty();
        }
        if (channel == Channel.SMS)
            assertThat(said(carrier.requests().getLast())).isEqualTo(SMS);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void who_a_template_says_it_is_from_is_whom_it_is_from(Channel channel) throws Exception {
        carrier.next(accepts("id-1"));
        askFrom("+12025550123", channel);
        var asked = carrier.requests().getLast();
        assertThat(asked.body()).contains("12025550123");
        assertThat(problems(channel, asked)).isEmpty();
        carrier.next(accepts("id-1"));
        askFrom("an\nowl", channel);
        if (!takesAnySender()) assertThat(carrier.requests().getLast().body()).doesNotContain("owl");
    }

    /** Whether a sender is the business of who is sent to, and not of ours. */
    protected boolean takesAnySender() {
        return false;
    }

    @ParameterizedTest
    @MethodSource("channels")
    void a_code_is_spoken_digit_by_digit_and_twice(Channel channel) {
        if (channel == Channel.SMS) return;
        carrier.next(accepts("id-1"));
        ask(channel, SPOKEN, Locale.US);
        assertThat(said(carrier.requests().getLast()).split("1, 2, 3, 4, 5, 6", -1))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void a_refusal_is_final_and_says_whose_fault_it_is(Channel channel) {
        refusals(channel).forEach((reply, refused) -> {
            carrier.next(reply);
            assertThat(ask(channel)).isEqualTo(refused);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void trouble_of_theirs_passes(int status) {
        carrier.next(CarrierReply.json(status, "{}"));
        assertThat(ask(channels().getFirst())).isEqualTo(new Unavailable("http_" + status, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "Tue, 01 Jan 2030 00:00:07 GMT"})
    void the_time_they_ask_for_is_heard(String retryAfter) {
        carrier.next(CarrierReply.tooManyRequests(retryAfter));
        assertThat(ask(channels().getFirst()))
                .isInstanceOfSatisfying(
                        Unavailable.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "99999999999999999999", "Tue, 01 Jan 2019 00:00:07 GMT"})
    void a_time_that_is_none_is_not(String retryAfter) {
        carrier.next(CarrierReply.tooManyRequests(retryAfter));
        assertThat(ask(channels().getFirst()))
                .isInstanceOfSatisfying(
                        Unavailable.class, busy -> assertThat(busy.retryAfter()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{\"sid\":null}", "{\"sid\":17", "\u0000"})
    void a_2xx_that_cannot_be_understood_is_asked_again(String body) {
        carrier.next(CarrierReply.json(201, body), acceptsWithoutId());
        assertThat(ask(channels().getFirst())).isInstanceOf(misunderstood());
        assertThat(ask(channels().getFirst())).isInstanceOf(misunderstood());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void whoever_breaks_off_may_have_the_message(Channel channel) {
        var before = carrier.count();
        carrier.next(new CarrierReply.Reset(), new CarrierReply.Noise(), new CarrierReply.Flood());
        assertThat(ask(channel)).isEqualTo(new Unknown("io"));
        assertThat(ask(channel)).isEqualTo(new Unknown("io"));
        assertThat(ask(channel)).isEqualTo(new Unknown("io"));
        assertThat(carrier.count()).as("no repeats of the client's own").isEqualTo(before + 3);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void silence_and_drips_end_with_the_time_out(Channel channel) {
        carrier.next(new CarrierReply.Hang(), new CarrierReply.Drip(TIMEOUT.dividedBy(10)));
        assertThat(ask(channel)).isEqualTo(new Unknown("timeout"));
        assertThat(ask(channel)).isEqualTo(new Unknown("timeout"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void nobody_sends_us_elsewhere(int status) {
        var before = carrier.count();
        carrier.next(new CarrierReply.Answer(status, Map.of("Location", carrier.baseUrl() + "/elsewhere"), ""));
        assertThat(ask(channels().getFirst())).isEqualTo(new Refused("http_" + status, FailureCause.VENDOR));
        assertThat(carrier.count()).isEqualTo(before + 1);
    }
}
