package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.FraudBlocks;
import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.FraudScopes;
import io.ringcode.fraud.FraudScopes.PermittedScope;
import io.ringcode.fraud.FraudScopes.WatchedScope;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the rules against SMS pumping refuse and watch at present, and what an administrator does about it. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud/scopes")
public class FraudScopesController {
    private static final int SHOWN = 100;

    private final FraudScopes scopes;
    private final FraudBlocks blocks;
    private final Changes changes;

    FraudScopesController(FraudScopes scopes, FraudBlocks blocks, Changes changes) {
        this.scopes = scopes;
        this.blocks = blocks;
        this.changes = changes;
    }

    /**
     * @param scope as people read it
     * @param scopeKey to name it by
     * @param state blocked or watched
     * @param until when a message may go again, if nothing else comes
     * @param saved what the refused messages would have cost
     * @param codesTyped about how many codes came back in the last weeks, where this server knows it
     */
    public record ShownScope(
            String scope,
            String scopeKey,
            FraudRule rule,
            String state,
            IsoTime since,
            IsoTime lastSeen,
            @Nullable IsoTime until,
            long refused,
            long watched,
            BigDecimal saved,
            String currency,
            @Nullable Long codesTyped,
            @Nullable Long codesNotTyped)
            implements JsonAnswer {
        private static ShownScope of(WatchedScope one) {
            var verified = one.verified();
            var untyped = one.untyped();
            return new ShownScope(
                    one.scope(),
                    one.scopeKey(),
                    one.rule(),
                    one.blocked() ? "blocked" : "watched",
                    new IsoTime(one.since()),
                    new IsoTime(one.last()),
                    IsoTime.of(one.until()),
                    one.refused(),
                    one.watched(),
                    FraudRulesController.plain(one.saved()),
                    one.currency(),
                    verified == null ? null : (Long) Math.round(verified),
                    untyped == null ? null : (Long) Math.round(untyped));
        }
    }

    public record ShownPermitted(String scope, String scopeKey, FraudRule rule) implements JsonAnswer {
        private static ShownPermitted of(PermittedScope one) {
            return new ShownPermitted(one.scope(), one.scopeKey(), one.rule());
        }
    }

    /** @param scopes of the last day, a hundred at most */
    public record Shown(List<ShownScope> scopes, List<ShownPermitted> permitted) implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:attack_protection")
    public Shown read(Caller caller) {
        return new Shown(
                scopes.list(caller.tenant(), SHOWN).stream().map(ShownScope::of).toList(),
                scopes.permitted(caller.tenant()).stream()
                        .map(ShownPermitted::of)
                        .toList());
    }

    /** @param scopeKey of a scope, as the lists have it */
    public record Key(@Length(min = 1, max = 100) String scopeKey) implements JsonBody {}

    /** Were the attack to go on, it would be refused again soon. */
    @PostMapping("/release")
    @RequiresScope("update:attack_protection")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void release(Caller caller, Key key) {
        changes.make(caller, "Release a scope of the fraud guard", key.scopeKey(), key, () -> {
            if (!scopes.release(caller.tenant(), key.scopeKey())) throw noScope();
            return true;
        });
    }

    /** No rule judges the scope any more. */
    @PostMapping("/permitted")
    @RequiresScope("update:attack_protection")
    @ResponseStatus(HttpStatus.CREATED)
    public ShownPermitted permit(Caller caller, Key key) {
        return changes.make(caller, "Permit a scope of the fraud guard", key.scopeKey(), key, () -> {
            if (!scopes.release(caller.tenant(), key.scopeKey())) throw noScope();
            if (!blocks.permit(caller.tenant(), key.scopeKey()))
                throw ManagementRefused.operation(null, "Too many scopes are permitted already.");
            return ShownPermitted.of(permitted(caller, key.scopeKey()));
        });
    }

    /** The rules judge the scope again. */
    @DeleteMapping("/permitted/{key}")
    @RequiresScope("update:attack_protection")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void judgeAgain(@PathVariable String key, Caller caller) {
        changes.make(caller, "Judge a scope of the fraud guard again", key, () -> {
            permitted(caller, key);
            blocks.judgeAgain(caller.tenant(), key);
            return true;
        });
    }

    private PermittedScope permitted(Caller caller, String key) {
        return scopes.permitted(caller.tenant()).stream()
                .filter(one -> one.scopeKey().equals(key))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.missing(null, "The scope is not permitted."));
    }

    private static InvalidBody noScope() {
        return InvalidBody.on("scope_key", "Must be the scope_key of a scope");
    }
}
