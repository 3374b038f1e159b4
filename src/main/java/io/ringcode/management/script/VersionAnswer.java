package io.ringcode.management.script;

import io.ringcode.action.Script;
import io.ringcode.action.Version;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A version of an action: its code as it was saved once. */
public record VersionAnswer(
        String id,
        String actionId,
        int number,
        boolean deployed,
        String status,
        String code,
        String runtime,
        List<ActionAnswer.Dependency> dependencies,
        List<ActionAnswer.Secret> secrets,
        @Nullable List<ActionAnswer.Note> errors,
        List<ActionAnswer.ForTrigger> supportedTriggers,
        @Nullable IsoTime builtAt,
        IsoTime createdAt,
        IsoTime updatedAt)
        implements JsonAnswer {

    static VersionAnswer of(Script script, Version version, List<ActionAnswer.Secret> secrets) {
        return new VersionAnswer(
                version.id().toString(),
                script.id(),
                version.number(),
                Objects.equals(script.live(), version.number()),
                version.status().wire(),
                version.code(),
                version.runtime(),
                ActionAnswer.dependencies(version),
                secrets,
                ActionAnswer.errors(version),
                ActionAnswer.supported(script),
                IsoTime.of(version.builtAt()),
                new IsoTime(version.createdAt()),
                new IsoTime(version.deployedAt() == null ? version.createdAt() : version.deployedAt()));
    }
}
