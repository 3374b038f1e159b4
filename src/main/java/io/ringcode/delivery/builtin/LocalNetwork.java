package io.ringcode.delivery.builtin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.delivery.carrier.LocalReceipt;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * A simulated phone network: puts messages into the {@link Inbox}, unless a developer chose a fault for that phone. Choices
 * are this server's alone, and gone when it stops.
 */
@Component
public class LocalNetwork {
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final int MOST_PHONES = 1_000;

    private final Inbox inbox;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Cache<Phone, PhoneBehavior> chosen =
            Caffeine.newBuilder().maximumSize(MOST_PHONES).build();

    LocalNetwork(Inbox inbox, Clock clock, ApplicationEventPublisher events) {
        this.inbox = inbox;
        this.clock = clock;
        this.events = events;
    }

    private record Phone(TenantId tenant, PhoneNumber number) {}

    /**
     * A message that a carrier has taken.
     *
     * @param vendorId what the carrier calls it, as receipts do
     */
    public record Taken(
            TenantId tenant, String provider, String vendorId, PhoneNumber to, Channel channel, String text) {
        @Override
        public String toString() {
            return "Taken[" + channel.wire() + " to " + to + "]";
        }
    }

    public void choose(TenantId tenant, PhoneNumber number, PhoneBehavior behavior) {
        chosen.put(new Phone(tenant, number), behavior);
    }

    public PhoneBehavior behavior(TenantId tenant, PhoneNumber number) {
        return Objects.requireNonNullElse(chosen.getIfPresent(new Phone(tenant, number)), PhoneBehavior.RECEIVES);
    }

    /** Whether carriers refuse to send anything to that phone. */
    public boolean refuses(TenantId tenant, PhoneNumber number) {
        return behavior(tenant, number) == PhoneBehavior.REFUSED;
    }

    public void carry(Taken message) {
        switch (behavior(message.tenant(), message.to())) {
            case RECEIVES -> put(message, Duration.ZERO);
            case CONFIRMS -> {
                put(message, Duration.ZERO);
                report(message, State.DELIVERED, null);
            }
            // Readers of the inbox leave out what is not due, so that moving the clock brings it too.
            case LATE -> put(message, LATE);
            // The code of a phone that cannot be reached: a number that does not exist would not be tried again.
            case UNREACHABLE -> report(message, State.UNDELIVERED, "30003");
            case MACHINE -> {
                if (message.channel().isSpoken()) report(message, State.UNDELIVERED, "machine_start");
                else put(message, Duration.ZERO);
            }
            case LOSES, REFUSED -> {}
        }
    }

    private void put(Taken message, Duration delay) {
        var at = clock.instant().plus(delay);
        inbox.put(message.tenant(), message.to(), message.channel(), message.text(), at);
    }

    private void report(Taken message, State state, @Nullable String code) {
        var receipt = Receipt.of(message.vendorId(), state, code, null);
        events.publishEvent(new LocalReceipt(message.tenant(), message.provider(), receipt));
    }
}
