package io.ringcode.delivery.carrier;

import io.ringcode.delivery.account.AccountForm;
import io.ringcode.phone.Channel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Every carrier that a tenant can have an account with, and what each provider of messages is called. */
@Component
public class Carriers {
    private final Map<String, CarrierProvider<?>> byName;
    private final Map<String, ReceiptSource> sources;
    private final List<Carrier> described;
    private final List<PhoneProvider> providers;

    Carriers(List<CarrierProvider<?>> all, List<ReceiptSource> sources, List<PhoneProvider> providers) {
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(CarrierProvider::name, Function.identity()));
        this.sources = sources.stream().collect(Collectors.toUnmodifiableMap(ReceiptSource::name, Function.identity()));
        this.described = all.stream()
                .map(this::describe)
                .sorted(Comparator.comparing(Carrier::title, String.CASE_INSENSITIVE_ORDER))
                .toList();
        this.providers = providers.stream()
                .sorted(Comparator.comparing(PhoneProvider::title, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    private Carrier describe(CarrierProvider<?> provider) {
        var form = provider.form();
        return new Carrier(
                form.carrier(),
                form.title(),
                form.fields(),
                Arrays.stream(Channel.values()).filter(provider::offers).collect(Collectors.toUnmodifiableSet()),
                receipts(form.carrier()).map(ReceiptSource::addressing).orElse(null));
    }

    /** In the order of their titles. */
    public List<Carrier> all() {
        return described;
    }

    public Optional<Carrier> named(String name) {
        return described.stream().filter(carrier -> carrier.name().equals(name)).findFirst();
    }

    /** What every provider is called, by name: the carriers, the built-in one and a tenant's script, in the order of their titles. */
    public Map<String, String> titles() {
        return titles(providers.stream());
    }

    /** The same without the one for evaluation, which costs nothing and stands in no route. */
    public Map<String, String> titlesBeyondEvaluation() {
        return titles(providers.stream().filter(provider -> !provider.evaluationOnly()));
    }

    private static Map<String, String> titles(Stream<PhoneProvider> providers) {
        var titles = new LinkedHashMap<String, String>();
        providers.forEach(provider -> titles.put(provider.name(), provider.title()));
        return titles;
    }

    /** What one provider is called; its name where there is none of that name any more. */
    public String title(String provider) {
        return titles().getOrDefault(provider, provider);
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
