package io.ringcode.carrier;

import io.ringcode.carrier.CarrierReply.After;
import io.ringcode.carrier.CarrierReply.Answer;
import io.ringcode.carrier.CarrierReply.Drip;
import io.ringcode.carrier.CarrierReply.Flood;
import io.ringcode.carrier.CarrierReply.Hang;
import io.ringcode.carrier.CarrierReply.Noise;
import io.ringcode.carrier.CarrierReply.Reset;
import io.ringcode.delivery.EveryAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A carrier on loopback. It answers as Twilio would accept a message unless a script says otherwise, one reply per
 * request, and remembers what it was asked. Sockets, not an HTTP server: some faults are below HTTP.
 */
public final class FakeCarrier implements AutoCloseable {
    /** A code in an SMS, or spoken as {@code 1, 2, 3, 4, 5, 6}. */
    private static final Pattern CODE = Pattern.compile("(?<!\\d)(\\d{6}|\\d(?:, \\d){5})(?!\\d)");

    private static final int REMEMBERED = 1000;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<CarrierReply> script = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<CarrierRequest> requests = new ArrayDeque<>();
    private final Map<String, CarrierRequest> newestTo = new ConcurrentHashMap<>();
    private final Map<String, List<String>> noticesTo = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<CarrierRequest, CarrierReply> usual = this::twilioAccepts;

    public FakeCarrier() {
        try {
            server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        threads.execute(this::listen);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The settings by which a server finds every carrier there is at that address. */
    public static Map<String, String> environment(URI address) {
        return EveryAccount.names().stream()
                .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .collect(Collectors.toMap(name -> "RINGCODE_" + name + "_BASE_URL", _ -> address.toString()));
    }

    /** For the next requests, one each, in this order; after them it is as usual. */
    public void next(CarrierReply... replies) {
        script.addAll(List.of(replies));
    }

    /** For every request that no script waits for. */
    public void usually(CarrierReply reply) {
        usual = _ -> reply;
    }

    public void usually(Function<CarrierRequest, CarrierReply> reply) {
        usual = reply;
    }

    /** The newest thousand, oldest first. */
    public List<CarrierRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** All requests there ever were. */
    public long count() {
        return count.get();
    }

    /** The code in the newest SMS or call to that number. */
    public String lastCode(String e164) {
        var request = newestTo.get(e164);
        if (request == null) throw new IllegalStateException("Nothing was sent there");
        return code(request);
    }

    /** The code that a message to Twilio carries. */
    public static String code(CarrierRequest request) {
        return findCode(request).orElseThrow(() -> new IllegalStateException("No code in it"));
    }

    public static Optional<String> findCode(CarrierRequest request) {
        var code = CODE.matcher(request.field("Body") + " " + request.field("Twiml"));
        return code.find() ? Optional.of(code.group().replace(", ", "")) : Optional.empty();
    }

    /** The newest SMS to this number. */
    public String lastText(String e164) {
        var request = newestTo.get(e164);
        if (request == null) throw new IllegalStateException("Nothing was sent there");
        return request.field("Body");
    }

    /** What the owner of this number was told of the account, the oldest first; apart from all other requests. */
    public List<String> noticesTo(String e164) {
        return List.copyOf(noticesTo.getOrDefault(e164, List.of()));
    }

    private static boolean isNotice(CarrierRequest request) {
        return request.field("Body").contains("/u/not-me?");
    }

    /** An acceptance as Twilio words it, with an id of its own. */
    public CarrierReply twilioAccepts(CarrierRequest request) {
        var prefix = request.path().endsWith("/Calls.json") ? "CA" : "SM";
        return CarrierReply.json(
                201, "{\"sid\":\"%s%032x\",\"status\":\"queued\"}".formatted(prefix, accepted.incrementAndGet()));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException already) {
            throw new UncheckedIOException(already);
        }
        threads.shutdownNow();
    }

    private void listen() {
        while (closed.getCount() > 0) {
            try {
                var socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var wire = new Wire(socket);
            for (var request = wire.read(); request != null; request = wire.read()) {
                remember(request);
                // A notice comes when it comes, and is no part of a script.
                var scripted = isNotice(request) ? null : script.poll();
                if (!reply(wire, scripted == null ? usual.apply(request) : scripted)) return;
            }
        } catch (IOException | InterruptedException _) {
            // The other side went away, or this one closes.
        }
    }

    private void remember(CarrierRequest request) {
        var to = request.field("To");
        if (isNotice(request)) {
            noticesTo.computeIfAbsent(to, _ -> new CopyOnWriteArrayList<>()).add(request.field("Body"));
            return;
        }
        count.incrementAndGet();
        if (!to.isEmpty()) newestTo.put(to, request);
        synchronized (requests) {
            requests.addLast(request);
            if (requests.size() > REMEMBERED) requests.removeFirst();
        }
    }

    /** @return whether the connection can take another request */
    private boolean reply(Wire wire, CarrierReply reply) throws IOException, InterruptedException {
        return switch (reply) {
            case Answer answer -> {
                wire.write(answer);
                yield true;
            }
            case After(var delay, var later) -> !pause(delay.toMillis()) && reply(wire, later);
            case Hang _ -> {
                closed.await();
                yield false;
            }
            case Reset _ -> {
                wire.reset();
                yield false;
            }
            case Drip(var perByte) -> {
                wire.beginEndless();
                while (!pause(perByte.toMillis())) wire.chunk(" ");
                yield false;
            }
            case Noise _ -> {
                wire.noise();
                yield false;
            }
            case Flood _ -> {
                wire.beginEndless();
                while (closed.getCount() > 0) wire.chunk(" ".repeat(8192));
                yield false;
            }
        };
    }

    /** @return whether the carrier closed meanwhile */
    private boolean pause(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }
}
