package io.ringcode.action;

import io.ringcode.factor.FactorKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A factor that an action has asked for by name, to be proved or bound before the next action runs.
 *
 * @param choose whether the person chooses among them, rather than beginning with the first
 * @param kinds in the script's order; kinds that this server does not have are left out
 */
public record FactorCommand(Kind kind, boolean choose, List<FactorKind> kinds) {
    public enum Kind {
        CHALLENGE,
        ENROLL
    }

    public FactorCommand {
        kinds = List.copyOf(kinds);
    }

    boolean isMetBy(Kind how, FactorKind what) {
        return kind == how && kinds.contains(what);
    }

    static FactorCommand of(JsonNode said) {
        return new FactorCommand(
                said.path("kind").asString("").equals("enroll") ? Kind.ENROLL : Kind.CHALLENGE,
                said.path("choose").asBoolean(false),
                said.path("types")
                        .valueStream()
                        .flatMap(type -> kind(type.asString("")).stream())
                        .distinct()
                        .toList());
    }

    private static Optional<FactorKind> kind(String type) {
        return Arrays.stream(FactorKind.values())
                .filter(kind -> kind.type().equals(type))
                .findFirst();
    }
}
