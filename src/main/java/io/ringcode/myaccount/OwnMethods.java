package io.ringcode.myaccount;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnCredentials;
import io.ringcode.json.InvalidBody;
import io.ringcode.myaccount.MyAccountAnswer.Factor;
import io.ringcode.myaccount.MyAccountBody.MethodChange;
import io.ringcode.text.Typed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A user's own methods: what there is, and what becomes of it. Those that wait to be confirmed are none yet. */
@Component
class OwnMethods {
    /** All that Auth0 knows of; of those that are not offered here a user has none. */
    private static final Set<String> TYPES = Set.of(
            "password",
            "passkey",
            "webauthn-platform",
            "webauthn-roaming",
            "totp",
            "phone",
            "email",
            "push-notification",
            "recovery-code");

    private final AccountCallers owners;
    private final AuthenticatorAdmin admin;
    private final Authenticators authenticators;
    private final WebAuthnCredentials credentials;
    private final TransactionTemplate transactions;

    OwnMethods(
            AccountCallers owners,
            AuthenticatorAdmin admin,
            Authenticators authenticators,
            WebAuthnCredentials credentials,
            PlatformTransactionManager transactions) {
        this.owners = owners;
        this.admin = admin;
        this.authenticators = authenticators;
        this.credentials = credentials;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** What this user may bind now. */
    List<Factor> factors(AccountCaller owner) {
        var factors = new ArrayList<Factor>();
        for (var kind : FactorKind.values()) if (owner.mayBind(kind)) factors.add(Factor.second(kind.column()));
        if (factors.stream().anyMatch(factor -> factor.type().startsWith("webauthn-")))
            factors.add(Factor.second(MyAccountBody.NewMethod.PASSKEY));
        return factors;
    }

    /** @param type null for all */
    List<MethodItem> list(AccountCaller owner, @Nullable String type) {
        if (type != null && !TYPES.contains(type)) throw InvalidBody.on("type", "No enum match");
        return admin.list(owner.tenant(), owner.id()).stream()
                .filter(Authenticator::confirmed)
                .filter(method -> type == null || method.kind().column().equals(type) || isPasskey(method, type))
                .map(method -> item(owner, method))
                .toList();
    }

    private static boolean isPasskey(Authenticator method, String type) {
        return type.equals(MyAccountBody.NewMethod.PASSKEY) && method.kind().isWebAuthn();
    }

    MethodItem read(AccountCaller owner, String id) {
        return item(owner, require(owner, id));
    }

    MethodItem read(AccountCaller owner, AuthenticatorId id) {
        return item(owner, admin.find(owner.tenant(), id).orElseThrow(MyAccountRefused::missing));
    }

    MethodItem change(AccountCaller caller, String id, MethodChange change) {
        return Objects.requireNonNull(transactions.execute(_ -> changed(owners.hold(caller), id, change)));
    }

    private MethodItem changed(AccountCaller owner, String id, MethodChange change) {
        var method = require(owner, id);
        var channel = change.preferredAuthenticationMethod();
        var name = change.name() == null ? null : new Typed(change.name()).name();
        if (name != null && name.isBlank()) throw InvalidBody.on("name", "Must not be blank");
        if (name != null && method.kind() == FactorKind.RECOVERY_CODE)
            throw InvalidBody.on("name", "A recovery code has no name");
        if (channel != null && !(method instanceof Authenticator.Phone))
            throw InvalidBody.on("preferred_authentication_method", "Only a phone has one");
        if (channel != null) owner.requireReachable(channel);
        if (name != null || channel != null) admin.change(owner.caller(), owner.id(), method.id(), name, channel);
        return item(owner, require(owner, id));
    }

    void remove(AccountCaller caller, String id) {
        transactions.executeWithoutResult(_ -> {
            var owner = owners.hold(caller);
            var method = require(owner, id);
            if (method instanceof Authenticator.RecoveryCode code && code.denied())
                throw new MyAccountRefused(
                        MyAccountError.FORBIDDEN,
                        "Its owner denied this recovery code: an administrator makes another.");
            if (!authenticators.remove(owner.caller(), owner.id(), method.id(), By.OWNER))
                throw MyAccountRefused.missing();
        });
    }

    /** Another user's is as if there were none. */
    private Authenticator require(AccountCaller owner, String id) {
        return admin.find(owner.tenant(), new AuthenticatorId(id.substring(id.indexOf('|') + 1)))
                .filter(method -> method.confirmed() && method.binding().user().equals(owner.id()))
                .filter(method -> MethodItem.id(method).equals(id))
                .orElseThrow(MyAccountRefused::missing);
    }

    private MethodItem item(AccountCaller owner, Authenticator method) {
        var handle = credentials.userHandle(owner.tenant(), owner.id());
        return MethodItem.of(method, Base64.getUrlEncoder().withoutPadding().encodeToString(handle));
    }
}
