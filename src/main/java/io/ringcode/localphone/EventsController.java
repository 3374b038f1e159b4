package io.ringcode.localphone;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE;

import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * New messages to an open page, as server-sent events. The table is asked twice a second: a message may have come from
 * another node, and this is a development tool.
 */
@RestController
@WithLocalPhone
class EventsController {
    private static final long BETWEEN_LOOKS = 500;
    /** A comment now and then finds out who has left. */
    private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 30;

    private static final int MOST = 50;

    private final ReceivedMessages arrivals;
    private final Tenants tenants;
    /** One for each open page; counted down when it is gone. Not an interrupt, which would break a connection in use. */
    private final Set<CountDownLatch> open = ConcurrentHashMap.newKeySet();

    EventsController(ReceivedMessages arrivals, Tenants tenants) {
        this.arrivals = arrivals;
        this.tenants = tenants;
    }

    /** Ready to be put into the page. */
    record Event(String to, String row, String bubble) {}

    /** @param after the latest message that the page holds already; a browser that reconnects says so in the header */
    @GetMapping(path = "/dev/phone/events", produces = TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            HttpServletRequest request,
            @RequestParam @Nullable String after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        var tenant = tenants.ofHost(request.getServerName());
        var since = instant(lastEventId == null ? after : lastEventId);
        var emitter = new SseEmitter(0L); // as long as the page is open
        var gone = new CountDownLatch(1);
        open.add(gone);
        emitter.onCompletion(gone::countDown);
        emitter.onError(_ -> gone.countDown());
        Thread.ofVirtual().name("local-phone").start(() -> follow(tenant, since, emitter, gone));
        return emitter;
    }

    /** A stop waits for open requests; these would not end by themselves. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        open.forEach(CountDownLatch::countDown);
    }

    private void follow(TenantId tenant, Instant since, SseEmitter emitter, CountDownLatch gone) {
        try {
            var seen = new HashSet<>(newestFirst(tenant));
            seen.removeIf(message -> message.at().isAfter(since));
            for (int look = 0; look == 0 || !gone.await(BETWEEN_LOOKS, MILLISECONDS); look++) {
                if (look % LOOKS_BETWEEN_SIGNS_OF_LIFE == 0)
                    emitter.send(SseEmitter.event().comment("here"));
                var newestFirst = newestFirst(tenant);
                for (var message : newestFirst.reversed()) if (seen.add(message)) send(emitter, message);
                seen.retainAll(Set.copyOf(newestFirst));
            }
            emitter.complete();
        } catch (IOException | InterruptedException left) {
            emitter.complete();
        } catch (RuntimeException failed) {
            // The browser asks again after a moment.
            emitter.completeWithError(failed);
        } finally {
            open.remove(gone);
        }
    }

    private List<Arrived> newestFirst(TenantId tenant) {
        return arrivals.newestFirst(tenant, null, MOST);
    }

    private static void send(SseEmitter emitter, Arrived message) throws IOException {
        var event = new Event(message.to().e164(), PhonePage.row(message), PhonePage.bubble(message));
        emitter.send(
                SseEmitter.event().id(message.at().toString()).name("message").data(event, APPLICATION_JSON));
    }

    private static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }
}
