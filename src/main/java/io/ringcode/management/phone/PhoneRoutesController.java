package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.NextCarrier;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which providers messages go by, and when the other channel is tried. Auth0 has no such resource; its style is kept. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/routes")
public class PhoneRoutesController {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern PREFIX = Pattern.compile("\\+[1-9][0-9]{0,14}");
    static final int MOST_ROUTES = 100;
    static final int MOST_PARTS = 300;

    private final Routes routes;
    private final Changes changes;

    PhoneRoutesController(Routes routes, Changes changes) {
        this.routes = routes;
        this.changes = changes;
    }

    /** Settings of routes as they are sent; what is left out is as on a new tenant. */
    public record Change(
            @Items(max = MOST_ROUTES) List<Part> routes,
            @Nullable Other otherChannel,
            @Nullable Next nextCarrier,
            @Nullable @Range(min = 5, max = 300) Integer receiptSeconds)
            implements JsonBody {}

    /** The same as they are answered. */
    public record Shown(List<Part> routes, Other otherChannel, Next nextCarrier, int receiptSeconds)
            implements JsonAnswer {}

    /** One route. */
    public record Part(
            @OneOf({"sms", "voice"}) String channel,
            @Nullable @Items(max = MOST_PARTS) List<String> countries,
            @Nullable @Items(max = MOST_PARTS) List<String> prefixes,
            @Items(max = 20) List<String> providers)
            implements JsonBody, JsonAnswer {
        private Route route() {
            var route = new Route(channel, orNone(countries), orNone(prefixes), providers);
            if (!COUNTRIES.containsAll(route.countries()))
                throw InvalidBody.on("routes.countries", "Expected ISO 3166-1 alpha-2 codes, such as DE");
            if (!route.prefixes().stream()
                    .allMatch(prefix -> PREFIX.matcher(prefix).matches()))
                throw InvalidBody.on("routes.prefixes", "Expected beginnings of E.164 numbers, such as +4915");
            return route;
        }

        private static List<String> orNone(@Nullable List<String> parts) {
            return parts == null ? List.of() : parts;
        }
    }

    /** Whether the other channel is tried. */
    public record Other(
            boolean enabled,
            @Nullable @Range(min = 1, max = 10) Integer afterFailures) implements JsonBody, JsonAnswer {}

    /** Whether the next carrier is tried. */
    public record Next(boolean enabled) implements JsonBody, JsonAnswer {}

    @GetMapping
    @RequiresScope("read:guardian_factors")
    public Shown get(Caller caller) {
        return shown(routes.settings(caller.tenant()));
    }

    /** Replaces the whole setting. */
    @PutMapping
    @RequiresScope("update:guardian_factors")
    public Shown set(Caller caller, Change change) {
        var other = change.otherChannel();
        var next = change.nextCarrier();
        var seconds = change.receiptSeconds();
        var settings = new RouteSettings(
                change.routes().stream().map(Part::route).toList(),
                other == null ? OtherChannel.OFF : otherChannel(other),
                next == null ? NextCarrier.ON : new NextCarrier(next.enabled()),
                seconds == null ? RouteSettings.DEFAULT.receiptSeconds() : seconds);
        var complaints = routes.complaints(settings);
        if (!complaints.isEmpty()) throw InvalidBody.on("routes", String.join("; ", complaints));
        changes.set(caller, RouteSettings.NAME, settings);
        return shown(settings);
    }

    private static OtherChannel otherChannel(Other other) {
        var failures = other.afterFailures();
        return new OtherChannel(other.enabled(), failures == null ? OtherChannel.OFF.afterFailures() : failures);
    }

    private static Shown shown(RouteSettings settings) {
        return new Shown(
                settings.routes().stream()
                        .map(route -> new Part(route.channel(), route.countries(), route.prefixes(), route.providers()))
                        .toList(),
                new Other(
                        settings.otherChannel().enabled(),
                        settings.otherChannel().afterFailures()),
                new Next(settings.nextCarrierHelps()),
                settings.receiptSeconds());
    }
}
