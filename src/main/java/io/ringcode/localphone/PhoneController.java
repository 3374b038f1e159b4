package io.ringcode.localphone;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;

import io.ringcode.delivery.builtin.LocalNetwork;
import io.ringcode.delivery.builtin.PhoneBehavior;
import io.ringcode.login.SameOriginForms;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The local phone for people: what arrived, which faults phones have, and the clock. */
@RestController
@WithLocalPhone
class PhoneController {
    private static final int MOST = 200;
    private static final int MOST_SIDE_BY_SIDE = 4;

    /** A message is a stranger's text: whatever it says, nothing runs and nothing is fetched from elsewhere. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final ReceivedMessages arrivals;
    private final LocalNetwork network;
    private final DevelopmentClock clock;
    private final Tenants tenants;

    PhoneController(ReceivedMessages arrivals, LocalNetwork network, DevelopmentClock clock, Tenants tenants) {
        this.arrivals = arrivals;
        this.network = network;
        this.clock = clock;
        this.tenants = tenants;
    }

    @GetMapping(path = "/dev/phone", produces = TEXT_HTML_VALUE)
    ResponseEntity<String> page(HttpServletRequest request, @RequestParam(defaultValue = "") List<String> to) {
        var tenant = tenants.ofHost(request.getServerName());
        var messages = arrivals.newestFirst(tenant, null, MOST);
        var sender = TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
        var open = numbers(to);
        var shown = open.isEmpty() && !messages.isEmpty()
                ? List.of(messages.getFirst().to())
                : open;
        var phones = shown.stream()
                .map(number -> PhonePage.Phone.of(number, network.behavior(tenant, number), messages))
                .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                // Forms name the origin that they come from, which no-referrer would keep back.
                .header("Referrer-Policy", "same-origin")
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(new PhonePage(
                                messages,
                                phones,
                                !open.isEmpty(),
                                sender,
                                clock.time().orElse(null))
                        .html());
    }

    @GetMapping("/dev/phone/phone.{kind:css|js|svg}")
    ResponseEntity<Resource> file(@PathVariable String kind) {
        var type = switch (kind) {
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            default -> "image/svg+xml";
        };
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.parseMediaType(type))
                .body(new ClassPathResource("phone." + kind, PhoneController.class));
    }

    /** @param phone whose behavior is chosen; {@code to} are the phones that the page shows */
    @PostMapping("/dev/phone/behavior")
    ResponseEntity<String> choose(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String behavior,
            @RequestParam(defaultValue = "") List<String> to) {
        if (!isOfThisServer(request)) return refused(403, SameOriginForms.REFUSED);
        var number = number(phone);
        var chosen = behavior(behavior);
        if (number.isEmpty()) return refused(400, "phone: not a possible phone number in E.164 form");
        if (chosen.isEmpty()) return refused(400, "behavior: one of " + behaviors());
        network.choose(tenants.ofHost(request.getServerName()), number.get(), chosen.get());
        return back(to);
    }

    /** @param by how much further ahead, in ISO 8601, such as {@code PT10M}; {@code PT0S} sets it back to the real time */
    @PostMapping("/dev/phone/clock")
    ResponseEntity<String> move(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") List<String> to) {
        if (!isOfThisServer(request)) return refused(403, SameOriginForms.REFUSED);
        return switch (clock.move(by)) {
            case MOVED -> back(to);
            case NOT_A_STEP ->
                refused(400, "by: a duration such as PT10M, or PT0S for the real time; 31 days ahead at most");
            case FIXED -> refused(404, "This server's clock cannot be moved");
        };
    }

    private static boolean isOfThisServer(HttpServletRequest request) {
        var host = request.getHeader("Host");
        return SameOriginForms.sent(request, request.getScheme() + "://" + host + "/");
    }

    private static ResponseEntity<String> back(List<String> to) {
        var query = numbers(to).stream()
                .map(number -> "to=" + URLEncoder.encode(number.e164(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var page = URI.create("/dev/phone" + (query.isEmpty() ? "" : "?" + query));
        return ResponseEntity.status(303).location(page).build();
    }

    private static ResponseEntity<String> refused(int status, String reason) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(reason + "\n");
    }

    /** Mistyped numbers in the address bar are left out; without any, the page shows the list. */
    private static List<PhoneNumber> numbers(List<String> to) {
        var numbers = new LinkedHashSet<PhoneNumber>();
        for (var text : to) if (numbers.size() < MOST_SIDE_BY_SIDE) number(text).ifPresent(numbers::add);
        return List.copyOf(numbers);
    }

    private static Optional<PhoneNumber> number(String text) {
        try {
            return Optional.of(new PhoneNumber(text));
        } catch (InvalidPhoneNumber _) {
            return Optional.empty();
        }
    }

    private static Optional<PhoneBehavior> behavior(String name) {
        for (var behavior : PhoneBehavior.values())
            if (behavior.name().toLowerCase(Locale.ROOT).equals(name)) return Optional.of(behavior);
        return Optional.empty();
    }

    private static String behaviors() {
        var names = new ArrayList<String>();
        for (var behavior : PhoneBehavior.values()) names.add(behavior.name().toLowerCase(Locale.ROOT));
        return String.join(", ", names);
    }
}
