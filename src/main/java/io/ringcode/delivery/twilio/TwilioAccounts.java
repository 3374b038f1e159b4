package io.ringcode.delivery.twilio;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Each tenant's account with Twilio. The token goes in and never comes out, but to Twilio. */
@Component
public class TwilioAccounts {
    private final Tenants tenants;
    private final Sealer sealer;

    public TwilioAccounts(Tenants tenants, Keyring keys) {
        this.tenants = tenants;
        this.sealer = keys.sealer("twilio");
    }

    /** What may be shown of an account. */
    public record View(
            @Nullable String sid,
            @Nullable String from,
            @Nullable String messagingServiceSid) {}

    /** A partial update. */
    public record Change(Edit sid, Edit authToken, Edit from, Edit messagingServiceSid) {}

    /** @return all fields null where nothing was ever set */
    public View view(TenantId tenant) {
        return view(find(tenant));
    }

    public void save(TenantId tenant, Change change) {
        tenants.update(
                tenant,
                TwilioAccount.SETTING,
                TwilioAccount.class,
                TwilioAccount.UNSET,
                stored -> changed(tenant, stored, change));
    }

    private TwilioAccount changed(TenantId tenant, TwilioAccount stored, Change change) {
        return new TwilioAccount(
                change.sid().applyTo(stored.sid()),
                switch (change.authToken()) {
                    case Edit.Set(var token) -> Base64.getEncoder().encodeToString(sealer.seal(token, tenant.value()));
                    case Edit.Remove _, Edit.Keep _ -> change.authToken().applyTo(stored.authTokenSealed());
                },
                change.from().applyTo(stored.from()),
                change.messagingServiceSid().applyTo(stored.messagingServiceSid()));
    }

    TwilioAccount find(TenantId tenant) {
        return tenants.settings(tenant).get(TwilioAccount.SETTING, TwilioAccount.class, TwilioAccount.UNSET);
    }

    /** @return null when no token is set, or when the stored one was sealed for another tenant or under another key */
    @Nullable
    String authToken(TenantId tenant, TwilioAccount account) {
        var sealed = account.authTokenSealed();
        return sealed == null
                ? null
                : sealer.open(Base64.getDecoder().decode(sealed), tenant.value())
                        .orElse(null);
    }

    private static View view(TwilioAccount account) {
        return new View(account.sid(), account.from(), account.messagingServiceSid());
    }
}
