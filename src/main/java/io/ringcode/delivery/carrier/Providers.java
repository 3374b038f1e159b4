package io.ringcode.delivery.carrier;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every provider of this installation, by name. */
@Component
public class Providers {
    private final Tenants tenants;
    private final Map<String, PhoneProvider> byName;

    Providers(Tenants tenants, List<PhoneProvider> all) {
        this.tenants = tenants;
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(PhoneProvider::name, Function.identity()));
    }

    public String selected(TenantId tenant) {
        return tenants.settings(tenant)
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET)
                .provider();
    }

    public boolean isReady(String name, TenantId tenant, Channel channel) {
        var provider = find(name);
        return provider != null && provider.offers(channel) && provider.ready(tenant, channel);
    }

    /** Of all of them, for a batch of messages that go to any. */
    public Duration longestSend(Duration usual) {
        return longestSend(byName.keySet(), usual);
    }

    public Duration longestSend(Collection<String> names, Duration usual) {
        return names.stream()
                .map(byName::get)
                .filter(Objects::nonNull)
                .map(provider -> provider.longestSend(usual))
                .max(Comparator.naturalOrder())
                .orElse(usual);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    @Nullable
    public PhoneProvider find(String name) {
        return byName.get(name);
    }
}
