package io.ringcode.action;

import io.ringcode.action.Script.Kind;
import io.ringcode.action.ScriptSecrets.Secret;
import io.ringcode.action.Version.Status;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hooks: what is saved runs at once. Every change runs inside the caller's transaction; code comes in as a draft. */
@Component
public class Hooks {
    /** How many secrets a hook may have. */
    public static final int MOST_SECRETS = 20;

    /** What Auth0 calls the newest Node.js that hooks knew. */
    private static final String RUNTIME = "node22";

    private final ScriptTable scripts;
    private final VersionTable versions;
    private final ScriptSecrets secrets;
    private final LiveScripts live;
    private final RandomText random;
    private final Clock clock;

    Hooks(
            ScriptTable scripts,
            VersionTable versions,
            ScriptSecrets secrets,
            LiveScripts live,
            RandomText random,
            Clock clock) {
        this.scripts = scripts;
        this.versions = versions;
        this.secrets = secrets;
        this.live = live;
        this.random = random;
        this.clock = clock;
    }

    /** A hook with the code that it runs. */
    public record Hook(Script script, Version version) {}

    public List<Hook> list(TenantId tenant) {
        return scripts.list(tenant, Kind.HOOK).stream().map(this::withCode).toList();
    }

    public Optional<Hook> find(TenantId tenant, String id) {
        return scripts.find(tenant, Kind.HOOK, id).map(this::withCode);
    }

    private Hook withCode(Script script) {
        return new Hook(
                script,
                versions.find(script.tenant(), script.id(), number(script)).orElseThrow());
    }

    private static int number(Script hook) {
        return hook.live() == null ? hook.newest() : hook.live();
    }

    /** @throws ScriptRefused when the name is taken */
    public Hook create(TenantId tenant, String name, Trigger trigger, boolean enabled, Draft draft)
            throws ScriptRefused {
        var now = clock.instant();
        var id = "01" + random.upper(24);
        if (enabled) scripts.disableOthers(tenant, trigger, id, now);
        var script = new Script(tenant, id, Kind.HOOK, name, trigger, "v1", enabled, 1, 1, now, now);
        scripts.insert(script);
        var version = save(tenant, id, 1, draft, now);
        live.changed(tenant);
        return new Hook(script, version);
    }

    /**
     * Changes what is given.
     *
     * @throws ScriptRefused when the name is taken
     */
    public Optional<Hook> update(
            TenantId tenant, String id, @Nullable String name, @Nullable Boolean enabled, @Nullable Draft draft)
            throws ScriptRefused {
        var found = scripts.lock(tenant, Kind.HOOK, id);
        if (found.isEmpty()) return Optional.empty();
        var now = clock.instant();
        var before = found.get();
        if (draft != null) save(tenant, id, before.newest() + 1, draft, now);
        return Optional.of(change(
                before,
                name == null ? before.name() : name,
                enabled == null ? before.enabled() : enabled,
                draft == null ? before.newest() : before.newest() + 1,
                draft == null ? number(before) : before.newest() + 1,
                now));
    }

    /** Lets an earlier version run again; its code does not become a new one. */
    public Optional<Hook> runVersion(TenantId tenant, String id, int number) throws ScriptRefused {
        var found = scripts.lock(tenant, Kind.HOOK, id);
        if (found.isEmpty() || versions.find(tenant, id, number).isEmpty()) return Optional.empty();
        var now = clock.instant();
        var before = found.get();
        versions.deployed(tenant, id, number, null, now);
        return Optional.of(change(before, before.name(), before.enabled(), before.newest(), number, now));
    }

    private Hook change(Script before, String name, boolean enabled, int newest, int runs, Instant now)
            throws ScriptRefused {
        if (enabled) scripts.disableOthers(before.tenant(), before.trigger(), before.id(), now);
        var after = new Script(
                before.tenant(),
                before.id(),
                Kind.HOOK,
                name,
                before.trigger(),
                before.triggerVersion(),
                enabled,
                newest,
                runs,
                before.createdAt(),
                now);
        scripts.update(after);
        live.changed(before.tenant());
        return withCode(after);
    }

    private Version save(TenantId tenant, String id, int number, Draft draft, Instant now) {
        var version = new Version(
                id,
                number,
                TimedId.at(now),
                draft.code(),
                draft.dependencies(),
                RUNTIME,
                draft.lock(),
                Status.BUILT,
                null,
                now,
                now,
                now);
        versions.insert(tenant, version);
        return version;
    }

    /** @return false when there is none */
    public boolean delete(TenantId tenant, String id) {
        var was = scripts.delete(tenant, Kind.HOOK, id);
        live.changed(tenant);
        return was;
    }

    /** Newest first; empty for an unknown hook. */
    public List<Version> versions(TenantId tenant, String id) {
        return scripts.find(tenant, Kind.HOOK, id).isEmpty() ? List.of() : versions.of(tenant, id);
    }

    public Set<String> secretNames(TenantId tenant, String id) {
        return stored(tenant, id).keySet();
    }

    /** Adds secrets, or gives them new values. */
    public void putSecrets(TenantId tenant, String id, Map<String, String> values) {
        var all = new TreeMap<>(stored(tenant, id));
        values.forEach((name, value) -> all.put(name, new Secret(value, clock.instant())));
        store(tenant, id, all);
    }

    public void removeSecrets(TenantId tenant, String id, Collection<String> names) {
        var all = new TreeMap<>(stored(tenant, id));
        all.keySet().removeAll(names);
        store(tenant, id, all);
    }

    private Map<String, Secret> stored(TenantId tenant, String id) {
        return secrets.open(tenant, id, scripts.secrets(tenant, id));
    }

    private void store(TenantId tenant, String id, Map<String, Secret> all) {
        scripts.setSecrets(tenant, id, secrets.seal(tenant, id, all), clock.instant());
        live.changed(tenant);
    }
}
