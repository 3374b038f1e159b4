package io.ringcode.management.tenant;

import com.fasterxml.jackson.annotation.JsonValue;
import io.ringcode.client.Caller;
import io.ringcode.conformance.Conformance;
import io.ringcode.conformance.Conformance.Judged;
import io.ringcode.conformance.Judgement;
import io.ringcode.conformance.Level;
import io.ringcode.conformance.Standard;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The conformance report: what standards ask, judged by the tenant's settings of now. Auth0 has no such resource. */
@RestController
@RequestMapping("/api/v2/conformance")
public class ConformanceController {
    public enum Outcome {
        HOLDS("holds"),
        FAILS("does_not_hold"),
        NOT_APPLICABLE("not_applicable");

        private final String wire;

        Outcome(String wire) {
            this.wire = wire;
        }

        @JsonValue
        public String wire() {
            return wire;
        }

        private static Outcome of(Judgement judgement) {
            return switch (judgement) {
                case Judgement.Holds _ -> HOLDS;
                case Judgement.Fails _ -> FAILS;
                case Judgement.NotApplicable _ -> NOT_APPLICABLE;
            };
        }
    }

    /**
     * @param remedy what is to be done where it does not hold
     * @param page of the console where that is done; left out where the setting is the operator's, or there is none
     * @param proofs the test classes that show it
     */
    public record Line(
            String id,
            Standard standard,
            String section,
            Level level,
            String asks,
            Outcome outcome,
            String why,
            @Nullable String remedy,
            @Nullable String page,
            List<String> proofs)
            implements JsonAnswer {
        private static Line of(Judged judged) {
            var requirement = judged.requirement();
            var outcome = Outcome.of(judged.judgement());
            var remedy = outcome == Outcome.FAILS ? requirement.remedy() : null;
            return new Line(
                    requirement.id(),
                    requirement.standard(),
                    requirement.section(),
                    requirement.level(),
                    requirement.asks(),
                    outcome,
                    judged.judgement().why(),
                    remedy == null ? null : remedy.what(),
                    remedy == null ? null : remedy.page(),
                    requirement.proofs());
        }
    }

    /** @param at when it was judged */
    public record Report(IsoTime at, long holds, long doesNotHold, long notApplicable, List<Line> lines)
            implements JsonAnswer {
        private static Report of(IsoTime at, List<Line> lines) {
            return new Report(
                    at,
                    count(lines, Outcome.HOLDS),
                    count(lines, Outcome.FAILS),
                    count(lines, Outcome.NOT_APPLICABLE),
                    lines);
        }

        private static long count(List<Line> lines, Outcome outcome) {
            return lines.stream().filter(line -> line.outcome() == outcome).count();
        }
    }

    private final Conformance conformance;
    private final Clock clock;

    ConformanceController(Conformance conformance, Clock clock) {
        this.conformance = conformance;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:tenant_settings")
    public Report report(Caller caller) {
        return Report.of(
                new IsoTime(clock.instant()),
                conformance.report(caller.tenant()).stream().map(Line::of).toList());
    }
}
