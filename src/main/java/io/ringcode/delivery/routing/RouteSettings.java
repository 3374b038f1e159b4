package io.ringcode.delivery.routing;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A tenant's routing: the providers of its messages in order, and what happens when nothing arrives. Where no route fits, the selected
 * provider alone is the route.
 *
 * @param receiptSeconds how long a message that a carrier took may stay without a receipt, 5 to 300; counted only where
 *     the carrier normally sends receipts
 */
@JsonNaming(SnakeCaseStrategy.class)
@NamedInterface("routing")
public record RouteSettings(
        List<Route> routes,
        OtherChannel otherChannel,
        @Nullable NextCarrier nextCarrier,
        int receiptSeconds) {
    public static final String NAME = "guardian/factors/phone/routes";
    public static final RouteSettings DEFAULT = new RouteSettings(List.of(), OtherChannel.OFF, NextCarrier.ON, 20);

    /** Settings that were stored before there was a next carrier have none. */
    public RouteSettings {
        if (nextCarrier == null) nextCarrier = NextCarrier.ON;
    }

    public boolean nextCarrierHelps() {
        return nextCarrier == null || nextCarrier.enabled();
    }

    /** Whether a message that a carrier took and that did not arrive is helped in any way. */
    public boolean helpsUndelivered() {
        return nextCarrierHelps() || otherChannel.enabled();
    }

    /**
     * Providers in the order in which they are asked.
     *
     * @param channel {@code sms} or {@code voice}
     * @param countries of the recipient's number, ISO 3166-1 alpha-2; none and no prefixes: every number
     * @param prefixes beginnings of numbers in E.164 form, such as {@code +4915}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Route(String channel, List<String> countries, List<String> prefixes, List<String> providers) {
        boolean isOf(Channel wanted) {
            return channel.equals(wanted.wire());
        }

        boolean isForAll() {
            return countries.isEmpty() && prefixes.isEmpty();
        }
    }

    /** @param afterFailures of carriers, with which the other channel is tried, 1 to 10 */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OtherChannel(boolean enabled, int afterFailures) {
        public static final OtherChannel OFF = new OtherChannel(false, 2);
    }

    /** Whether a message that did not arrive goes once more by the next carrier of its route. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record NextCarrier(boolean enabled) {
        public static final NextCarrier ON = new NextCarrier(true);
    }

    List<Route> routesOf(Channel channel) {
        return routes.stream().filter(route -> route.isOf(channel)).toList();
    }

    public static RouteSettings of(TenantSettings settings) {
        return settings.get(NAME, RouteSettings.class, DEFAULT);
    }

    public Duration receiptWait() {
        return Duration.ofSeconds(receiptSeconds);
    }
}
