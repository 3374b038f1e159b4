package io.ringcode.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.TestDatabase;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.delivery.receipt.Receipts;
import io.ringcode.delivery.routing.CarrierHealth;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.NextCarrier;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Many codes over three carriers that misbehave each in its way, by a clock that the run moves itself: minutes pass in
 * seconds, and no answer of a carrier takes time. Delivery is the real one on a real database; what starts challenges is
 * played by the run.
 */
public final class FaultRun implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int PER_TICK = 5;
    private static final Duration IN_TIME = Duration.ofSeconds(30);
    private static final List<String> CARRIERS = List.of("ant", "bee", "cat");

    /** How codes are sent in one run. */
    public enum Manner {
        /** Routes, breakers, receipts, the next carrier for want of a receipt, and the other channel. */
        WHOLE,
        /** The same without the other channel: SMS only. */
        ROUTES,
        /** The same, and nothing is sent again for want of a receipt. */
        SILENT,
        /** The next carrier on an error, nothing remembered, no receipts. */
        ON_ERROR,
        /** The first carrier alone, with retries. */
        SINGLE
    }

    /**
     * @param inTime codes that were at the phone within 30 s
     * @param carried messages that carriers took, whether they told so or not
     * @param duplicates codes that came to the phone more than once
     * @param opened how often a breaker opened, by carrier
     * @param secondsOpen how long the carrier was left alone in all
     */
    public record Result(
            int codes,
            int inTime,
            int ever,
            int carried,
            int duplicates,
            Map<String, Integer> opened,
            Map<String, Double> secondsOpen) {}

    private record Due(Instant at, Runnable what) {}

    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);
    private final FaultyCarriers carriers = new FaultyCarriers(clock.instant());
    private final PriorityBlockingQueue<Due> dues = new PriorityBlockingQueue<>(64, Comparator.comparing(Due::at));
    private final Map<UUID, UUID> codeOf = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> askedAt = new LinkedHashMap<>();
    private final Map<UUID, Integer> arrivals = new HashMap<>();
    private final Map<UUID, Instant> firstArrival = new HashMap<>();
    private final Map<String, Double> open = new LinkedHashMap<>();
    private final Manner manner;
    private int carried;
    private int handled;

    public FaultRun(Manner manner) {
        this.manner = manner;
        var routed = manner == Manner.WHOLE || manner == Manner.ROUTES || manner == Manner.SILENT;
        node.route(routed ? CARRIERS.toArray(String[]::new) : new String[] {"ant"});
        var routes = node.bean(Routes.class).settings(DeliveryNode.TENANT).routes();
        node.set(new RouteSettings(
                routes, new OtherChannel(manner == Manner.WHOLE, 2), new NextCarrier(manner != Manner.SILENT), 20));
        for (var name : CARRIERS) node.scripted(name).answers(message -> routed ? ask(name, message) : alone(message));
    }

    public Result run(int codes) {
        while (askedAt.size() < codes) {
            for (int one = 0; one < PER_TICK && askedAt.size() < codes; one++) start();
            tick();
        }
        for (var end = clock.instant().plus(Duration.ofMinutes(5));
                clock.instant().isBefore(end); ) tick();
        var inTime = firstArrival.entrySet().stream()
                .filter(one -> !one.getValue().isAfter(inTimeUntil(one.getKey())))
                .count();
        var twice = arrivals.values().stream().filter(times -> times > 1).count();
        return new Result(codes, (int) inTime, firstArrival.size(), carried, (int) twice, opened(), Map.copyOf(open));
    }

    private Instant inTimeUntil(UUID code) {
        return Objects.requireNonNull(askedAt.get(code)).plus(IN_TIME);
    }

    private void start() {
        var code = UUID.randomUUID();
        var promised = (Promised) node.queue(node.message(Channel.SMS, code));
        codeOf.put(promised.id(), code);
        askedAt.put(code, clock.instant());
        node.send(promised);
    }

    private void tick() {
        clock.advance(TICK);
        while (!dues.isEmpty() && !dues.peek().at().isAfter(clock.instant()))
            dues.poll().what().run();
        node.sweep();
        var dispatcher = node.bean(Dispatcher.class);
        while (dispatcher.inHand() > 0) Thread.onSpinWait();
        if (manner == Manner.WHOLE || manner == Manner.ROUTES) helpThoseInTrouble();
        for (var name : CARRIERS) {
            var key = new CarrierHealth.HealthKey(DeliveryNode.TENANT, name, Channel.SMS, "US");
            if (node.bean(CarrierHealth.class).nextChance(key).isAfter(clock.instant()))
                open.merge(name, TICK.toMillis() / 1000.0, Double::sum);
        }
    }

    /** What the ceremony does: the same code by the next carrier or the other channel, unless the person has typed it. */
    private void helpThoseInTrouble() {
        var troubles = node.troubles();
        var deliveries = node.bean(Deliveries.class);
        var transaction = new TransactionTemplate(node.bean(PlatformTransactionManager.class));
        for (; handled < troubles.size(); handled++) {
            var trouble = troubles.get(handled);
            var code = Objects.requireNonNull(codeOf.get(trouble.message()));
            var remedy = deliveries.help(trouble).map(Deliveries.Help::remedy).orElse(null);
            if (remedy == null || firstArrival.containsKey(code)) {
                deliveries.leave(trouble);
                continue;
            }
            var channel = remedy == Failover.NEXT_CARRIER ? Channel.SMS : Channel.VOICE;
            var queued = transaction.execute(_ -> deliveries.replace(node.message(channel, code), trouble, remedy));
            if (queued == null || queued.isEmpty() || !(queued.get() instanceof Promised promised)) continue;
            codeOf.put(promised.id(), code);
            node.send(promised);
        }
    }

    private SendResult ask(String name, PhoneMessage message) {
        var fate = carriers.fate(name, clock.instant());
        var now = clock.instant();
        synchronized (this) {
            if (fate.carried()) carried++;
            if (fate.arrivesAfter() != null) {
                var at = now.plus(fate.arrivesAfter());
                dues.add(new Due(at, () -> arrived(message.id(), at)));
            }
            var id = name + "-" + message.id();
            if (fate.receiptAfter() != null && fate.answer() == null && manner != Manner.ON_ERROR)
                dues.add(new Due(now.plus(fate.receiptAfter()), () -> tell(name, id)));
            return fate.answer() == null ? new Accepted(id) : fate.answer();
        }
    }

    private SendResult alone(PhoneMessage message) {
        if (manner == Manner.SINGLE) return ask("ant", message);
        for (var name : CARRIERS.subList(0, CARRIERS.size() - 1))
            if (ask(name, message) instanceof Accepted taken) return taken;
        return ask(CARRIERS.getLast(), message);
    }

    private void arrived(UUID message, Instant at) {
        var code = Objects.requireNonNull(codeOf.get(message), "a code");
        arrivals.merge(code, 1, Integer::sum);
        firstArrival.putIfAbsent(code, at);
        node.type(code);
    }

    private void tell(String name, String vendorId) {
        var token = node.bean(CarrierAccounts.class)
                .receiptToken(DeliveryNode.TENANT, name)
                .orElseThrow();
        var call = new VendorCall(
                "POST",
                URI.create("https://mfa.example.org/receipts/" + name),
                Map.of("x-key", "a-key"),
                (vendorId + " DELIVERED").getBytes(UTF_8),
                clock.instant());
        node.bean(Receipts.class).receive(DeliveryNode.TENANT, name, token, call);
    }

    private Map<String, Integer> opened() {
        var opened = new LinkedHashMap<String, Integer>();
        for (var name : CARRIERS) {
            var counters = new ArrayList<>(node.bean(MeterRegistry.class)
                    .find("ringcode.breaker")
                    .tags("provider", name, "to", "open")
                    .counters());
            opened.put(name, (int)
                    counters.stream().mapToDouble(one -> one.count()).sum());
        }
        return opened;
    }

    @Override
    public void close() {
        node.close();
    }
}
