package io.ringcode.management.phone;

import io.ringcode.budget.PriceList;
import io.ringcode.budget.Prices;
import io.ringcode.client.Caller;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What carriers ask for their messages, as lists. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud/prices")
public class PricesController {
    private static final String SETTING = "guardian/factors/phone/fraud/prices";

    private final Prices prices;
    private final SetupCheck carriers;
    private final Changes changes;
    private final Clock clock;

    PricesController(Prices prices, SetupCheck carriers, Changes changes, Clock clock) {
        this.prices = prices;
        this.carriers = carriers;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param csv {@link PriceList#HEADER} */
    public record Csv(@Length(max = 50_000) String csv) implements JsonBody {}

    public record ShownList(String carrier, String csv, IsoTime updatedAt) implements JsonAnswer {}

    public record Lists(List<ShownList> prices) implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:attack_protection")
    public Lists read(Caller caller) {
        return new Lists(prices.lists(caller.tenant()).stream()
                .map(one -> new ShownList(one.carrier(), one.csv(), new IsoTime(one.updatedAt())))
                .toList());
    }

    /** Replaces a carrier's list as a whole. */
    @PutMapping("/{carrier}")
    @RequiresScope("update:attack_protection")
    public ShownList set(@PathVariable String carrier, Caller caller, Csv list) {
        if (!carriers.names().contains(carrier)) throw ManagementRefused.missing(null, "There is no such carrier");
        try {
            PriceList.parse(list.csv());
        } catch (PriceList.InvalidLine wrong) {
            throw InvalidBody.on("csv", String.valueOf(wrong.getMessage()));
        }
        var now = clock.instant();
        changes.set(caller, SETTING + "/" + carrier, () -> prices.set(caller.tenant(), carrier, list.csv(), now));
        return new ShownList(carrier, list.csv(), new IsoTime(now));
    }

    @DeleteMapping("/{carrier}")
    @RequiresScope("update:attack_protection")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void remove(@PathVariable String carrier, Caller caller) {
        changes.set(caller, SETTING + "/" + carrier, () -> {
            if (!prices.remove(caller.tenant(), carrier))
                throw ManagementRefused.missing(null, "There is no such list");
        });
    }
}
