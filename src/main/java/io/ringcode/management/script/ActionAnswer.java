package io.ringcode.management.script;

import io.ringcode.action.Actions.Action;
import io.ringcode.action.Script;
import io.ringcode.action.Version;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An action, with the code that was saved last.
 *
 * @param errors why the build failed, or how far it is; null where it is done
 * @param deployedVersion what runs
 */
public record ActionAnswer(
        String id,
        String name,
        List<ForTrigger> supportedTriggers,
        String code,
        List<Dependency> dependencies,
        String runtime,
        String status,
        List<Secret> secrets,
        @Nullable List<Note> errors,
        boolean allChangesDeployed,
        @Nullable VersionAnswer deployedVersion,
        IsoTime createdAt,
        IsoTime updatedAt)
        implements JsonAnswer {

    public record ForTrigger(String id, String version) implements JsonAnswer {}

    public record Dependency(String name, String version) implements JsonAnswer {}

    /** The value goes in and comes out in the action only. */
    public record Secret(String name, IsoTime updatedAt) implements JsonAnswer {}

    public record Note(String id, String msg) implements JsonAnswer {}

    static ActionAnswer of(Action action) {
        var script = action.script();
        var newest = action.newest();
        var deployed = action.deployed();
        var secrets = action.secrets().entrySet().stream()
                .map(one -> new Secret(one.getKey(), new IsoTime(one.getValue())))
                .toList();
        return new ActionAnswer(
                script.id(),
                script.name(),
                supported(script),
                newest.code(),
                dependencies(newest),
                newest.runtime(),
                newest.status().wire(),
                secrets,
                errors(newest),
                Objects.equals(script.live(), script.newest()),
                deployed == null ? null : VersionAnswer.of(script, deployed, secrets),
                new IsoTime(script.createdAt()),
                new IsoTime(script.updatedAt()));
    }

    static List<ForTrigger> supported(Script script) {
        return List.of(new ForTrigger(script.trigger().id(), script.triggerVersion()));
    }

    static List<Dependency> dependencies(Version version) {
        return version.dependencies().entrySet().stream()
                .map(one -> new Dependency(one.getKey(), one.getValue()))
                .toList();
    }

    static @Nullable List<Note> errors(Version version) {
        return version.note() == null ? null : List.of(new Note(version.status().wire(), version.note()));
    }
}
