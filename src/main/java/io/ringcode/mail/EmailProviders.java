package io.ringcode.mail;

import io.ringcode.network.GuardedSockets;
import io.ringcode.network.GuardedSockets.Address;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The mail server of each tenant. Its password is sealed. */
@Component
public class EmailProviders {
    private final Tenants tenants;
    private final GuardedSockets sockets;
    private final Sealer sealer;

    EmailProviders(Tenants tenants, GuardedSockets sockets, Keyring keys) {
        this.tenants = tenants;
        this.sockets = sockets;
        this.sealer = keys.sealer("email-provider");
    }

    /** As it is set; empty where none is. */
    public Optional<EmailProvider> find(TenantId tenant) {
        return Optional.of(EmailProvider.of(tenants.settings(tenant))).filter(EmailProvider::isSetUp);
    }

    /** The server that mails go through now; empty where none is set up, or it is switched off. */
    Optional<MailServer> server(TenantId tenant) {
        return find(tenant).filter(EmailProvider::enabled).flatMap(set -> {
            var host = set.host();
            var from = set.defaultFromAddress();
            if (host == null || from == null) return Optional.empty();
            return Optional.of(new MailServer(
                    from, host, set.port(), set.username(), opened(tenant, set.passwordSealed()), set.security()));
        });
    }

    private @Nullable String opened(TenantId tenant, @Nullable String sealed) {
        return sealed == null ? null : sealer.openToken(sealed, tenant.value()).orElse(null);
    }

    /** A password as it is stored. */
    public String sealed(TenantId tenant, String password) {
        return sealer.sealToken(password, tenant.value());
    }

    /** Whether an address written in digits, or the name of this machine, may not be reached. */
    public boolean refuses(String host, int port) {
        return sockets.refuses(new Address(host, port, false));
    }
}
