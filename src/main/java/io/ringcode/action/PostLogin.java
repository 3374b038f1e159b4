package io.ringcode.action;

import io.ringcode.action.SignInContext.Method;
import io.ringcode.factor.Demand;
import io.ringcode.factor.FactorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the actions on a sign-in have decided so far, kept with the sign-in until its end.
 *
 * @param left the actions that have not run yet, by the ids of their scripts, as they were bound when the sign-in came to them
 * @param demand what the last call of {@code api.multifactor.enable} asked for; null for none
 * @param atLeast what is asked for whatever rules and other actions say, since one failed; null where none did
 * @param due factors asked for by name that are not proved or bound yet, in order
 * @param commands how many factors were asked for by name in all
 * @param passed the kinds that were proved or bound in this sign-in
 * @param addedScopes of access tokens, beside those that were granted
 * @param metadata of the transaction
 * @param recorded methods of elsewhere, by which the person was authenticated there
 */
public record PostLogin(
        List<String> left,
        @Nullable Demand demand,
        @Nullable Demand atLeast,
        List<FactorCommand> due,
        int commands,
        Set<FactorKind> passed,
        TokenClaims claims,
        Set<String> addedScopes,
        Set<String> removedScopes,
        Map<String, JsonNode> metadata,
        List<Method> recorded) {
    /** As Auth0 limits them. */
    static final int MOST_COMMANDS = 4;

    public static final PostLogin NONE = new PostLogin(
            List.of(), null, null, List.of(), 0, Set.of(), TokenClaims.NONE, Set.of(), Set.of(), Map.of(), List.of());

    public PostLogin {
        left = List.copyOf(left);
        due = List.copyOf(due);
        passed = Set.copyOf(passed);
        addedScopes = Set.copyOf(addedScopes);
        removedScopes = Set.copyOf(removedScopes);
        metadata = Map.copyOf(metadata);
        // A sign-in that a server of the release before has begun knows of none.
        recorded = recorded == null ? List.of() : List.copyOf(recorded);
    }

    static PostLogin before(List<String> actions) {
        return new PostLogin(
                actions, null, null, List.of(), 0, Set.of(), TokenClaims.NONE, Set.of(), Set.of(), Map.of(), List.of());
    }

    /** Whether nothing is to be run, proved or bound any more. */
    public boolean over() {
        return left.isEmpty() && due.isEmpty();
    }

    /** The first factor that is due has been proved or bound, or needs no longer be. */
    public PostLogin withoutFirstDue() {
        return new PostLogin(
                left,
                demand,
                atLeast,
                due.subList(1, due.size()),
                commands,
                passed,
                claims,
                addedScopes,
                removedScopes,
                metadata,
                recorded);
    }

    /**
     * A factor was proved or bound, perhaps the one that is due.
     *
     * @param how which of both
     */
    public PostLogin passed(FactorCommand.Kind how, FactorKind kind) {
        var kinds = EnumSet.of(kind);
        kinds.addAll(passed);
        var more = new PostLogin(
                left, demand, atLeast, due, commands, kinds, claims, addedScopes, removedScopes, metadata, recorded);
        return !due.isEmpty() && due.getFirst().isMetBy(how, kind) ? more.withoutFirstDue() : more;
    }

    /** The first action that is left has run, or cannot. */
    PostLogin withoutFirstLeft() {
        return new PostLogin(
                left.subList(1, left.size()),
                demand,
                atLeast,
                due,
                commands,
                passed,
                claims,
                addedScopes,
                removedScopes,
                metadata,
                recorded);
    }

    /** One has failed, which nothing that others say takes back. */
    PostLogin askingAtLeast(Demand least) {
        return new PostLogin(
                left, demand, least, due, commands, passed, claims, addedScopes, removedScopes, metadata, recorded);
    }

    /**
     * @param effects what an action asked for
     * @param at when it did
     */
    PostLogin and(JsonNode effects, Instant at) {
        var asked = effects.get("multifactor");
        var commanded =
                effects.path("commands").valueStream().map(FactorCommand::of).toList();
        var scopes = new LinkedHashSet<>(addedScopes);
        var without = new LinkedHashSet<>(removedScopes);
        texts(effects.path("addScopes")).forEach(scope -> {
            scopes.add(scope);
            without.remove(scope);
        });
        texts(effects.path("removeScopes")).forEach(scope -> {
            without.add(scope);
            scopes.remove(scope);
        });
        var kept = new LinkedHashMap<>(metadata);
        effects.path("metadata").properties().forEach(one -> {
            if (one.getValue().isNull()) kept.remove(one.getKey());
            else kept.put(one.getKey(), one.getValue());
        });
        return new PostLogin(
                left,
                asked == null ? demand : demand(asked),
                atLeast,
                joined(due, commanded),
                commands + commanded.size(),
                passed,
                claims.and(effects.get("idToken"), effects.get("accessToken")),
                scopes,
                without,
                kept,
                joined(recorded, methods(effects.path("recorded"), at)));
    }

    /** Without a word of remembered browsers, everybody is asked each time. */
    private static Demand demand(JsonNode asked) {
        if (asked.path("provider").asString("").equals("none")) return Demand.NOTHING;
        return new Demand(Demand.Level.ANY_FACTOR, !asked.path("remember").asBoolean(false));
    }

    private static List<Method> methods(JsonNode addresses, Instant at) {
        return addresses
                .valueStream()
                .map(one -> one.asString(""))
                .filter(Method::isElsewhere)
                .map(address -> new Method(address, null, at))
                .toList();
    }

    /** Scopes are words. */
    private static List<String> texts(JsonNode list) {
        return list.valueStream()
                .map(one -> one.asString(""))
                .filter(one -> one.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,280}"))
                .toList();
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    public Set<String> scopes(Set<String> granted) {
        var all = new LinkedHashSet<>(granted);
        all.addAll(addedScopes);
        all.removeAll(removedScopes);
        return Set.copyOf(all);
    }
}
