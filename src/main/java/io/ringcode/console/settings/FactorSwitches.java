package io.ringcode.console.settings;

import io.ringcode.client.Caller;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.factor.FactorKind;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.tenant.FactorsController;
import io.ringcode.management.tenant.FactorsController.Switch;
import io.ringcode.management.tenant.PasskeysController;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which factors are on, as {@code guardian/factors} tells it, and the switches of those that have no page of their own. */
@Component
class FactorSwitches {
    private static final List<FactorKind> SWITCHED = List.of(FactorKind.APP, FactorKind.RECOVERY_CODE);

    private final ManagementCalls calls;
    private final FactorsController factors;
    private final PasskeysController passkeys;

    FactorSwitches(ManagementCalls calls, FactorsController factors, PasskeysController passkeys) {
        this.calls = calls;
        this.factors = calls.guarded(factors);
        this.passkeys = calls.guarded(passkeys);
    }

    /** The names of those that are on. */
    Form form(Caller caller) {
        var answer = calls.answer(() -> factors.list(caller, null));
        var form = Form.of(answer);
        for (var one : answer.body())
            if (one.path("enabled").asBoolean(false))
                form = form.with(one.path("name").asString(), List.of("true"));
        return form;
    }

    /** @return how many users have each kind that is on and is to be off */
    Map<FactorKind, Long> turnedOff(Caller caller, Form typed) {
        var stored = form(caller);
        var lost = new LinkedHashMap<FactorKind, Long>();
        for (var kind : SWITCHED) if (stored.on(kind.setting()) && !typed.on(kind.setting())) lost.put(kind, 0L);
        if (lost.isEmpty()) return lost;
        for (var share : calls.read(() -> passkeys.figures(caller)).path("factors"))
            lost.replaceAll((kind, none) -> share.path("factor").asString("").equals(kind.setting())
                    ? share.path("users").asLong(0)
                    : none);
        return lost;
    }

    static Risk risk(Map<FactorKind, Long> lost) {
        var effects = new ArrayList<String>();
        lost.forEach((kind, users) -> effects.add((users == 1 ? "1 user" : users + " users")
                + (kind == FactorKind.APP ? " with an authenticator app" : " with a recovery code")
                + " can no longer sign in with it."));
        effects.add("What they have enrolled is kept and works again when the factor is turned on.");
        return Risk.of(
                "Turn off these factors?", "Turn off", "/console/settings/factor", effects.toArray(String[]::new));
    }

    /** @return the first answer that is not good; else the last one */
    Answer set(Caller caller, Form typed) {
        return SWITCHED.stream()
                .map(kind ->
                        calls.answer(() -> factors.set(kind.setting(), caller, new Switch(typed.on(kind.setting())))))
                .reduce((one, next) -> one.isGood() ? next : one)
                .orElseThrow();
    }
}
