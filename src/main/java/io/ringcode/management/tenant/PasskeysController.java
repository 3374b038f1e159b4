package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.factor.PasskeyOffers;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tenant's plan for leaving the phone, and how it fares. Auth0 has neither. */
@RestController
@RequestMapping("/api/v2/guardian/passkeys")
public class PasskeysController {
    static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    static final int MOST_CLIENTS = 100;

    /** Of one application. */
    public record ForClient(
            @Length(min = 1, max = 100) String clientId,

            @OneOf({PasskeyPolicy.ANY, PasskeyPolicy.PHISHING_RESISTANT})
            String required,

            @Nullable @NullAllowed @Matches(DAY) String phoneUntil)
            implements JsonBody, JsonAnswer {}

    /**
     * @param required what suffices for whoever has a passkey
     * @param phoneUntil the first day on which a phone no longer does
     * @param offer whether people are asked after a code to bind their device
     * @param pauseDays for how long after "Not now" nobody is asked again
     */
    public record Plan(
            @OneOf({PasskeyPolicy.ANY, PasskeyPolicy.PHISHING_RESISTANT})
            String required,

            @Nullable @NullAllowed @Matches(DAY) String phoneUntil,
            boolean offer,
            @Range(min = 1, max = 3650) int pauseDays,

            @Nullable @NullAllowed @Items(max = MOST_CLIENTS)
            List<ForClient> clients)
            implements JsonBody, JsonAnswer {
        private static Plan of(PasskeyPolicy policy) {
            return new Plan(
                    policy.required(),
                    text(policy.phoneUntil()),
                    policy.offer(),
                    policy.pauseDays(),
                    policy.clients().stream()
                            .map(one -> new ForClient(one.clientId(), one.required(), text(one.phoneUntil())))
                            .toList());
        }

        private PasskeyPolicy policy() {
            var each = clients == null ? List.<ForClient>of() : clients;
            return new PasskeyPolicy(
                    required,
                    day(phoneUntil),
                    offer,
                    pauseDays,
                    each.stream()
                            .map(one ->
                                    new PasskeyPolicy.ForClient(one.clientId(), one.required(), day(one.phoneUntil())))
                            .toList());
        }

        private static @Nullable String text(@Nullable LocalDate day) {
            return day == null ? null : day.toString();
        }

        private static @Nullable LocalDate day(@Nullable String text) {
            try {
                return text == null ? null : LocalDate.parse(text);
            } catch (DateTimeException none) {
                throw InvalidBody.on("phone_until", "There is no such day");
            }
        }
    }

    /** @param factors how many users have confirmed each kind */
    public record Figures(List<Share> factors, List<Week> weeks) implements JsonAnswer {}

    public record Share(String factor, long users) implements JsonAnswer {}

    /** @param week its Monday */
    public record Week(String week, long offered, long bound, long later, long never) implements JsonAnswer {}

    private final Tenants tenants;
    private final Clients clients;
    private final PasskeyOffers offers;
    private final Changes changes;
    private final Clock clock;

    PasskeysController(Tenants tenants, Clients clients, PasskeyOffers offers, Changes changes, Clock clock) {
        this.tenants = tenants;
        this.clients = clients;
        this.offers = offers;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:guardian_factors")
    public Plan plan(Caller caller) {
        return Plan.of(PasskeyPolicy.of(tenants.settings(caller.tenant())));
    }

    @PutMapping
    @RequiresScope("update:guardian_factors")
    public Plan setPlan(Caller caller, Plan wanted) {
        var policy = wanted.policy();
        for (var one : policy.clients())
            if (clients.find(caller.tenant(), new ClientId(one.clientId())).isEmpty())
                throw InvalidBody.on("clients", "There is no application " + one.clientId());
        changes.set(caller, PasskeyPolicy.NAME, policy);
        return Plan.of(policy);
    }

    /** By week for half a year. */
    @GetMapping("/figures")
    @RequiresScope("read:guardian_factors")
    public Figures figures(Caller caller) {
        return new Figures(
                offers.shares(caller.tenant()).stream()
                        .map(one -> new Share(one.kind().setting(), one.users()))
                        .toList(),
                offers.weeks(caller.tenant(), clock.instant()).stream()
                        .map(one ->
                                new Week(one.week().toString(), one.offered(), one.bound(), one.later(), one.never()))
                        .toList());
    }
}
