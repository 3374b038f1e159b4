package io.ringcode.delivery.carrier;

import io.ringcode.delivery.account.AccountForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Every carrier that a tenant can have an account with. */
@Component
public class Carriers {
    private final Map<String, CarrierProvider<?>> byName;
    private final Map<String, ReceiptSource> sources;

    Carriers(List<CarrierProvider<?>> all, List<ReceiptSource> sources) {
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(CarrierProvider::name, Function.identity()));
        this.sources = sources.stream().collect(Collectors.toUnmodifiableMap(ReceiptSource::name, Function.identity()));
    }

    /** What an account with that carrier is made of; empty where there is no such carrier. */
    public Optional<AccountForm<?>> form(String carrier) {
        return find(carrier).map(CarrierProvider::form);
    }

    public Optional<CarrierProvider<?>> find(String carrier) {
        return Optional.ofNullable(byName.get(carrier));
    }

    /** Who understands what that carrier reports; empty where it reports nothing. */
    public Optional<ReceiptSource> receipts(String carrier) {
        return Optional.ofNullable(sources.get(carrier));
    }
}
