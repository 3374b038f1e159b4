package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scopes of one tenant that are kept in memory, so many at most. */
final class Scopes {
    static final int MOST = 20_000;

    private final Set<Signal> signals;
    /** Two generations, so that a flood of new scopes does not push out those that have a history. */
    private final Recent<Scope, ScopeState> known = new Recent<>(MOST / 2);

    private final Recent<Scope, ScopeState> fresh = new Recent<>(MOST / 2);

    Scopes(Set<Signal> signals) {
        this.signals = signals;
    }

    /** What a message is counted by, from the coarsest to the finest. */
    List<Scope> of(MessageRequest ask, Proof proof, long now) {
        var scopes = new ArrayList<Scope>(12);
        if (signals.contains(Signal.COUNTRIES)) scopes.add(new Scope(ScopeKind.COUNTRY, ask.countryName()));
        var freshRange = !hasProved(new Scope(ScopeKind.PREFIX_4, ask.prefix(4)), now);
        if (signals.contains(Signal.COUNTRIES) && proof == Proof.PASSED && freshRange)
            scopes.add(new Scope(ScopeKind.PROVED_NO_PROGRAM, ask.countryName()));
        if (signals.contains(Signal.NEW_GROUPS)) {
            if (!hasProved(new Scope(ScopeKind.COUNTRY, ask.countryName()), now))
                scopes.add(new Scope(ScopeKind.NEW_COUNTRIES, ask.channelName()));
            if (freshRange) scopes.add(new Scope(ScopeKind.NEW_PREFIXES, ask.countryName()));
        }
        if (signals.contains(Signal.UNKNOWN_RANGES) && !ask.knownRange())
            scopes.add(new Scope(ScopeKind.UNKNOWN_RANGES, ask.countryName()));
        if (signals.contains(Signal.ADDRESSES)) {
            if (ask.asn() != 0) scopes.add(new Scope(ScopeKind.ASN, Integer.toString(ask.asn())));
            add(scopes, ScopeKind.WIDE_NETWORK, ask.wideNetwork());
            add(scopes, ScopeKind.NETWORK, ask.network());
            add(scopes, ScopeKind.ADDRESS, ask.address());
        }
        if (signals.contains(Signal.PREFIXES)) {
            scopes.add(new Scope(ScopeKind.PREFIX_5, ask.prefix(5)));
            scopes.add(new Scope(ScopeKind.PREFIX_4, ask.prefix(4)));
            scopes.add(new Scope(ScopeKind.PREFIX_3, ask.prefix(3)));
        }
        if (signals.contains(Signal.ADJACENCY)) scopes.add(new Scope(ScopeKind.PREFIX_2, ask.prefix(2)));
        return scopes;
    }

    private static void add(List<Scope> scopes, ScopeKind kind, @Nullable Long key) {
        if (key != null) scopes.add(new Scope(kind, Long.toHexString(key)));
    }

    private boolean hasProved(Scope scope, long now) {
        var state = find(scope);
        return state != null && state.proven(now) >= 0.5;
    }

    @Nullable
    ScopeState find(Scope scope) {
        var state = known.get(scope);
        return state != null ? state : fresh.get(scope);
    }

    /** The state of a scope that something is counted by. */
    ScopeState counted(Scope scope, long now) {
        var state = known.get(scope);
        if (state == null) {
            state = fresh.computeIfAbsent(scope, ScopeState::new);
            if (state.hasHistory(now)) {
                fresh.remove(scope);
                known.put(scope, state);
            }
        }
        return state;
    }

    /** Those of which something is to be stored. */
    List<ScopeState> changed(long now) {
        var changed = new ArrayList<ScopeState>();
        for (var generation : List.of(known, fresh))
            for (var state : generation.values())
                if (state.isChanged() && state.isWorthKeeping(now)) changed.add(state);
        return changed;
    }

    /** Those that refuse, or have refused, within the time. */
    List<ScopeState> refusing(long since) {
        var refusing = new ArrayList<ScopeState>();
        for (var generation : List.of(known, fresh))
            for (var state : generation.values()) if (state.lastRefused() >= since) refusing.add(state);
        return refusing;
    }

    void halve() {
        known.keep(known.size() / 2);
        fresh.keep(fresh.size() / 2);
    }

    int size() {
        return known.size() + fresh.size();
    }
}
