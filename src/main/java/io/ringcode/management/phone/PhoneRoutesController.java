package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.NextCarrier;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which providers messages go by, and when the other channel is tried. Auth0 has no such resource; its style is kept. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/routes")
class PhoneRoutesController {
    private static final Set<String> CHANNELS = Set.of("sms", "voice");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern PREFIX = Pattern.compile("\\+[1-9][0-9]{0,14}");
    private static final int MOST_ROUTES = 100;
    private static final int MOST_PARTS = 300;

    private final Routes routes;
    private final Changes changes;

    PhoneRoutesController(Routes routes, Changes changes) {
        this.routes = routes;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:guardian_factors")
    RouteSettings get(Caller caller) {
        return routes.settings(caller.tenant());
    }

    /** Replaces the whole setting; what is left out is as on a new tenant. */
    @PutMapping
    @RequiresScope("update:guardian_factors")
    RouteSettings set(Caller caller, Body body) {
        body.only("routes", "other_channel", "next_carrier", "receipt_seconds");
        var settings = new RouteSettings(
                body.objects("routes", MOST_ROUTES).stream()
                        .map(PhoneRoutesController::route)
                        .toList(),
                body.has("other_channel") ? otherChannel(body.object("other_channel")) : OtherChannel.OFF,
                body.has("next_carrier") ? nextCarrier(body.object("next_carrier")) : NextCarrier.ON,
                body.has("receipt_seconds")
                        ? body.number("receipt_seconds", 5, 300)
                        : RouteSettings.DEFAULT.receiptSeconds());
        var complaints = routes.complaints(settings);
        if (!complaints.isEmpty()) throw ManagementRefused.body("routes", String.join("; ", complaints));
        changes.set(caller, RouteSettings.NAME, settings);
        return settings;
    }

    private static Route route(Body body) {
        body.only("channel", "countries", "prefixes", "providers");
        var countries = body.has("countries") ? body.texts("countries", MOST_PARTS) : List.<String>of();
        for (var country : countries)
            if (!COUNTRIES.contains(country))
                throw ManagementRefused.body("routes.countries", "Expected ISO 3166-1 alpha-2 codes, such as DE");
        var prefixes = body.has("prefixes") ? body.texts("prefixes", MOST_PARTS) : List.<String>of();
        for (var prefix : prefixes)
            if (!PREFIX.matcher(prefix).matches())
                throw ManagementRefused.body("routes.prefixes", "Expected beginnings of E.164 numbers, such as +4915");
        return new Route(body.choice("channel", CHANNELS), countries, prefixes, body.texts("providers", 20));
    }

    private static NextCarrier nextCarrier(Body body) {
        body.only("enabled");
        return new NextCarrier(body.flag("enabled"));
    }

    private static OtherChannel otherChannel(Body body) {
        body.only("enabled", "after_failures");
        return new OtherChannel(
                body.flag("enabled"),
                body.has("after_failures") ? body.number("after_failures", 1, 10) : OtherChannel.OFF.afterFailures());
    }
}
