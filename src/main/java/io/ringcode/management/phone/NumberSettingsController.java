package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.NumberSettings;
import io.ringcode.fraud.NumberSettings.Countries;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.phone.Channel;
import io.ringcode.phone.NumberKind;
import io.ringcode.tenant.Tenants;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Numbers that messages are sent to, beside the tenant's list of countries. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud/numbers")
public class NumberSettingsController {
    static final int MOST_LISTS = 200;

    private final Tenants tenants;
    private final Changes changes;

    NumberSettingsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    /** A list of countries for one channel or application, or for one channel of one application. */
    public record CountryList(
            @Nullable @NullAllowed Channel channel,

            @Nullable @NullAllowed @Length(min = 1, max = 200)
            String clientId,

            @Items(max = 300) @Matches("[A-Z]{2}") List<String> list,
            @OneOf({"allow", "deny"}) String mode) {
        public CountryList {
            if (channel == null && clientId == null)
                throw InvalidBody.on(
                        "channel", "Must be given, or client_id; the tenant's own list is in its settings");
        }

        private Countries stored() {
            return new Countries(channel == null ? null : channel.wire(), clientId, Set.copyOf(list), mode);
        }
    }

    public record ShownList(
            @Nullable String channel, @Nullable String clientId, List<String> list, String mode) implements JsonAnswer {
        private static ShownList of(Countries stored) {
            return new ShownList(
                    stored.channel(),
                    stored.clientId(),
                    stored.list().stream().sorted().toList(),
                    stored.mode());
        }
    }

    public record Numbers(
            @Items(max = 20, unique = true) List<NumberKind> permittedKinds,
            @Items(max = MOST_LISTS) List<CountryList> countries)
            implements JsonBody {
        public Numbers {
            var seen = new HashSet<List<@Nullable Object>>();
            for (var one : countries)
                if (!seen.add(Arrays.asList(one.channel(), one.clientId())))
                    throw InvalidBody.on("countries", "Must have one list for each channel and application");
        }
    }

    public record Shown(List<NumberKind> permittedKinds, List<ShownList> countries) implements JsonAnswer {
        private static Shown of(NumberSettings settings) {
            return new Shown(
                    Arrays.stream(NumberKind.values())
                            .filter(kind -> settings.permittedKinds().contains(kind.wire()))
                            .toList(),
                    settings.countries().stream().map(ShownList::of).toList());
        }
    }

    @GetMapping
    @RequiresScope("read:attack_protection")
    public Shown read(Caller caller) {
        return Shown.of(NumberSettings.of(tenants.settings(caller.tenant())));
    }

    /** Replaces them as a whole. */
    @PutMapping
    @RequiresScope("update:attack_protection")
    public Shown set(Caller caller, Numbers numbers) {
        var settings = new NumberSettings(
                numbers.permittedKinds().stream().map(NumberKind::wire).collect(Collectors.toSet()),
                numbers.countries().stream().map(CountryList::stored).toList());
        changes.set(caller, NumberSettings.NAME, settings);
        return Shown.of(settings);
    }
}
