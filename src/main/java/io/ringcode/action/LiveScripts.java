package io.ringcode.action;

import io.ringcode.action.Script.Kind;
import io.ringcode.database.AfterCommit;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which script answers a trigger. Reads are at most half a second old, on every server. */
@Component
class LiveScripts {

    private record Key(TenantId tenant, Kind kind, Trigger trigger) {}

    private final JdbcClient db;
    private final ScriptTable scripts;
    private final VersionTable versions;
    private final ScriptSecrets secrets;
    private final Recent<Key, List<LiveScript>> live = new Recent<>(this::load);

    LiveScripts(JdbcClient db, ScriptTable scripts, VersionTable versions, ScriptSecrets secrets) {
        this.db = db;
        this.scripts = scripts;
        this.versions = versions;
        this.secrets = secrets;
    }

    /** For a hook, the enabled one; for an action, the first that is bound and deployed. */
    Optional<LiveScript> answering(TenantId tenant, Kind kind, Trigger trigger) {
        return live.get(new Key(tenant, kind, trigger)).stream().findFirst();
    }

    /** The actions that are bound to a trigger and deployed, in order. */
    List<LiveScript> bound(TenantId tenant, Trigger trigger) {
        return live.get(new Key(tenant, Kind.ACTION, trigger));
    }

    /** After a change, as soon as it can be seen. */
    void changed(TenantId tenant) {
        AfterCommit.forget(() -> live.forgetAll(key -> key.tenant().equals(tenant)));
    }

    LiveScript of(Script script, Version version) {
        var tenant = script.tenant();
        var deployed = versions.secrets(tenant, script.id(), version.number());
        var sealed = deployed == null && script.kind() == Kind.HOOK ? scripts.secrets(tenant, script.id()) : deployed;
        return new LiveScript(script, version, ScriptSecrets.values(secrets.open(tenant, script.id(), sealed)));
    }

    /** A version that need not be deployed, with the secrets as they were saved last. */
    LiveScript saved(Script script, Version version) {
        var sealed = scripts.secrets(script.tenant(), script.id());
        return new LiveScript(
                script, version, ScriptSecrets.values(secrets.open(script.tenant(), script.id(), sealed)));
    }

    private List<LiveScript> load(Key key) {
        var all = new ArrayList<LiveScript>();
        for (var id : candidates(key)) {
            var script = scripts.find(key.tenant(), key.kind(), id);
            if (script.isEmpty() || script.get().live() == null) continue;
            var version = versions.find(key.tenant(), id, script.get().live());
            if (version.isPresent()) all.add(of(script.get(), version.get()));
        }
        return List.copyOf(all);
    }

    private List<String> candidates(Key key) {
        var sql = switch (key.kind()) {
            case HOOK ->
                "SELECT id AS script_id FROM script WHERE tenant_id = :tenant AND trigger_id = :trigger AND enabled";
            case ACTION -> """
                            SELECT script_id FROM script_binding
                             WHERE tenant_id = :tenant AND trigger_id = :trigger ORDER BY position
                            """;
        };
        return db.sql(sql)
                .param("tenant", key.tenant().value())
                .param("trigger", key.trigger().id())
                .query((row, _) -> row.getString("script_id"))
                .list();
    }
}
