package io.ringcode.delivery.carrier;

import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The webhook addresses that carriers send receipts to. */
@Component
public class ReceiptAddresses {
    /** With the carrier's name and {@link CarrierAccounts#receiptToken}. */
    public static final String PATH = "/receipts/{carrier}/{token}";

    private final Settings settings;
    private final Tenants tenants;
    private final CarrierAccounts accounts;

    ReceiptAddresses(Settings settings, Tenants tenants, CarrierAccounts accounts) {
        this.settings = settings;
        this.tenants = tenants;
        this.accounts = accounts;
    }

    /** Empty where the server has no public https address, since carriers call no other, or there is no such account. */
    public Optional<URI> of(TenantId tenant, String carrier) {
        var origin = origin(tenant);
        return origin.flatMap(url -> accounts.receiptToken(tenant, carrier)
                .map(token -> url.resolve(PATH.replace("{carrier}", carrier).replace("{token}", token))));
    }

    /**
     * The address as a carrier called it. A request's own host and scheme are those of the last hop.
     *
     * @param target path and query, as they came
     */
    public Optional<URI> called(TenantId tenant, String target) {
        try {
            return origin(tenant).map(url -> URI.create(url.toString().replaceAll("/$", "") + target));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** The public address, under the tenant's own name where it has one. */
    private Optional<URI> origin(TenantId tenant) {
        var url = settings.publicUrl();
        if (url == null || !"https".equals(url.getScheme())) return Optional.empty();
        try {
            var host = tenants.domain(tenant).orElse(url.getHost());
            return Optional.of(new URI("https", null, host, url.getPort(), "/", null, null));
        } catch (URISyntaxException noHost) {
            return Optional.empty();
        }
    }
}
