package io.ringcode.action;

import io.ringcode.action.Script.Kind;
import io.ringcode.action.ScriptRefused.Reason;
import io.ringcode.action.ScriptSecrets.Secret;
import io.ringcode.action.Version.Status;
import io.ringcode.database.AfterCommit;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Actions: what is saved is built, what is deployed runs where it is bound. Every change runs inside the caller's
 * transaction; a build begins after its commit.
 */
@Component
public class Actions {
    /** How many secrets an action may have. */
    public static final int MOST_SECRETS = 30;

    /** Whatever server had it in hand has died, or would have given up. */
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(4);

    private final ScriptTable scripts;
    private final VersionTable versions;
    private final Bindings bindings;
    private final ScriptSecrets secrets;
    private final LiveScripts live;
    private final BackgroundBuilds builds;
    private final Clock clock;

    Actions(
            ScriptTable scripts,
            VersionTable versions,
            Bindings bindings,
            ScriptSecrets secrets,
            LiveScripts live,
            BackgroundBuilds builds,
            Clock clock) {
        this.scripts = scripts;
        this.versions = versions;
        this.bindings = bindings;
        this.secrets = secrets;
        this.live = live;
        this.builds = builds;
        this.clock = clock;
    }

    /**
     * An action, the code that was saved last, and that which runs.
     *
     * @param secrets names, and when each was set
     */
    public record Action(
            Script script, Version newest, @Nullable Version deployed, Map<String, Instant> secrets) {}

    /** New secrets of an action as a whole: a value that is null stays what it is. */
    public record Change(
            @Nullable String name,
            @Nullable String code,
            @Nullable Map<String, String> dependencies,
            @Nullable String runtime,
            @Nullable Map<String, @Nullable String> secrets) {}

    public List<Action> list(TenantId tenant) {
        return scripts.list(tenant, Kind.ACTION).stream().map(this::whole).toList();
    }

    public Optional<Action> find(TenantId tenant, String id) {
        return scripts.find(tenant, Kind.ACTION, id).map(this::whole);
    }

    private Action whole(Script script) {
        var newest =
                versions.find(script.tenant(), script.id(), script.newest()).orElseThrow();
        var deployed = script.live() == null
                ? null
                : versions.find(script.tenant(), script.id(), script.live()).orElse(null);
        var times = new TreeMap<String, Instant>();
        stored(script).forEach((name, secret) -> times.put(name, secret.updatedAt()));
        return new Action(script, newest, deployed, times);
    }

    /** @throws ScriptRefused when the name is taken */
    public Action create(TenantId tenant, String name, Trigger trigger, String triggerVersion, Change change)
            throws ScriptRefused {
        var now = clock.instant();
        var id = TimedId.at(now).toString();
        var script = new Script(tenant, id, Kind.ACTION, name, trigger, triggerVersion, false, 1, null, now, now);
        scripts.insert(script);
        save(script, 1, change, null, now);
        if (change.secrets() != null) setSecrets(script, change.secrets(), now);
        return find(tenant, id).orElseThrow();
    }

    public Optional<Action> update(TenantId tenant, String id, Change change) throws ScriptRefused {
        var found = scripts.lock(tenant, Kind.ACTION, id);
        if (found.isEmpty()) return Optional.empty();
        var now = clock.instant();
        var before = found.get();
        var newest = versions.find(tenant, id, before.newest()).orElseThrow();
        var saves = change.code() != null || change.dependencies() != null || change.runtime() != null;
        var number = saves ? before.newest() + 1 : before.newest();
        if (saves) save(before, number, change, newest, now);
        scripts.update(
                after(before, change.name() == null ? before.name() : change.name(), number, before.live(), now));
        if (change.secrets() != null) setSecrets(before, change.secrets(), now);
        return find(tenant, id);
    }

    private void save(Script script, int number, Change change, @Nullable Version before, Instant now) {
        var code = change.code() != null
                ? change.code()
                : Objects.requireNonNull(before).code();
        var dependencies = change.dependencies() != null
                ? change.dependencies()
                : before == null ? Map.<String, String>of() : before.dependencies();
        var runtime = change.runtime() != null ? change.runtime() : before == null ? "node22" : before.runtime();
        var lock = before != null && before.dependencies().equals(dependencies) ? before.lock() : null;
        var built = dependencies.isEmpty() || lock != null;
        var version = new Version(
                script.id(),
                number,
                TimedId.at(now),
                code,
                dependencies,
                runtime,
                lock,
                built ? Status.BUILT : Status.BUILDING,
                null,
                now,
                built ? now : null,
                null);
        versions.insert(script.tenant(), version);
        if (!built) AfterCommit.run(() -> builds.start(script, version));
    }

    /** Lets the code that was saved last run, with the secrets as they are now. */
    public Optional<Action> deploy(TenantId tenant, String id) throws ScriptRefused {
        var script = scripts.lock(tenant, Kind.ACTION, id);
        return script.isEmpty()
                ? Optional.empty()
                : deploy(script.get(), script.get().newest());
    }

    /** Lets an earlier version run again. */
    public Optional<Action> deploy(TenantId tenant, String id, UUID versionId) throws ScriptRefused {
        var script = scripts.lock(tenant, Kind.ACTION, id);
        if (script.isEmpty()) return Optional.empty();
        var version = versions.of(tenant, id).stream()
                .filter(each -> each.id().equals(versionId))
                .findFirst();
        return version.isEmpty()
                ? Optional.empty()
                : deploy(script.get(), version.get().number());
    }

    private Optional<Action> deploy(Script script, int number) throws ScriptRefused {
        var tenant = script.tenant();
        var now = clock.instant();
        var version = versions.find(tenant, script.id(), number).orElseThrow();
        if (version.status() == Status.BUILDING
                && version.createdAt().plus(LONGEST_BUILD).isBefore(now))
            AfterCommit.run(() -> builds.start(script, version));
        if (version.status() != Status.BUILT) throw notBuilt(version);
        versions.deployed(tenant, script.id(), number, scripts.secrets(tenant, script.id()), now);
        scripts.update(after(script, script.name(), script.newest(), number, now));
        live.changed(tenant);
        return find(tenant, script.id());
    }

    /** The deploy tool looks for these very words, and asks again. */
    static ScriptRefused notBuilt(Version version) {
        var why = version.note() == null ? "" : " " + version.note();
        return new ScriptRefused(
                Reason.NOT_BUILT,
                "The action must be in the 'built' state, and is "
                        + version.status().wire() + "." + why);
    }

    private static Script after(Script before, String name, int newest, @Nullable Integer runs, Instant now) {
        return new Script(
                before.tenant(),
                before.id(),
                Kind.ACTION,
                name,
                before.trigger(),
                before.triggerVersion(),
                false,
                newest,
                runs,
                before.createdAt(),
                now);
    }

    /**
     * @param force also while it is bound
     * @return false when there is none
     */
    public boolean delete(TenantId tenant, String id, boolean force) throws ScriptRefused {
        if (!force && bindings.holds(tenant, id))
            throw new ScriptRefused(Reason.BOUND, "The action is bound to a trigger: unbind it first, or use force.");
        var was = scripts.delete(tenant, Kind.ACTION, id);
        live.changed(tenant);
        return was;
    }

    /** Newest first: those that were deployed; empty for an unknown action. */
    public List<Version> versions(TenantId tenant, String id) {
        if (scripts.find(tenant, Kind.ACTION, id).isEmpty()) return List.of();
        return versions.of(tenant, id).stream()
                .filter(version -> version.deployedAt() != null)
                .toList();
    }

    private Map<String, Secret> stored(Script script) {
        return secrets.open(script.tenant(), script.id(), scripts.secrets(script.tenant(), script.id()));
    }

    private void setSecrets(Script script, Map<String, @Nullable String> wanted, Instant now) {
        var before = stored(script);
        var after = new TreeMap<String, Secret>();
        wanted.forEach((name, value) -> {
            var kept = before.get(name);
            if (value != null) after.put(name, new Secret(value, now));
            else if (kept != null) after.put(name, kept);
        });
        scripts.setSecrets(script.tenant(), script.id(), secrets.seal(script.tenant(), script.id(), after), now);
    }
}
