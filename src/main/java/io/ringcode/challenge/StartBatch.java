package io.ringcode.challenge;

import io.ringcode.batch.Batch;
import io.ringcode.budget.Budgets.Exhausted;
import io.ringcode.challenge.ChallengeEvent.ChallengeStarted;
import io.ringcode.challenge.ChallengeTable.Live;
import io.ringcode.challenge.ChallengeTable.NewCode;
import io.ringcode.challenge.ChallengeTable.Place;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.Deliveries.Prepared.Outgoing;
import io.ringcode.delivery.Queued;
import io.ringcode.factor.Authenticator;
import io.ringcode.fraud.Admission;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.ProofAsked;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The transaction that starts challenges: admits the messages, stores their codes, and puts them into the outbox. */
@Component
class StartBatch implements Batch<StartBatch.Start, StartBatch.Outcome> {
    private final ChallengeTable table;
    private final FraudGuard fraud;
    private final Deliveries deliveries;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    StartBatch(
            ChallengeTable table,
            FraudGuard fraud,
            Deliveries deliveries,
            Clock clock,
            ApplicationEventPublisher events) {
        this.table = table;
        this.fraud = fraud;
        this.deliveries = deliveries;
        this.clock = clock;
        this.events = events;
    }

    /** The code that a message carries: a new one, or the one that is live. */
    sealed interface Code {
        record Fresh(NewCode code) implements Code {}

        record Again(Live live) implements Code {}
    }

    /** A message that carries a code, with words and carrier chosen, outside of any transaction. */
    record Ready(Place place, Code code, Outgoing message) {}

    /** A challenge that is asked for. */
    record Start(Transaction login, SendRequest request, Authenticator.Phone phone, Ready ready) {}

    /** What the transaction came to. */
    sealed interface Outcome {
        /** @param generation of the code */
        record Stored(Queued.Promised message, int generation) implements Outcome {}

        record NotAdmitted(Denied denied) implements Outcome {}

        /** @param otherwise for a door that cannot ask for a proof */
        record ProofWanted(Denied otherwise) implements Outcome {}

        /** Nothing was done, for the message carries another code than the one that is live. */
        record OtherCode(@Nullable Live live) implements Outcome {}

        /** The built-in provider has sent its last message. */
        record QuotaUsedUp() implements Outcome {}

        /** A budget has no room for the message. */
        record OverBudget(Exhausted exhausted) implements Outcome {}

        /** Another transaction has made a code for this login and phone at the same moment. */
        record Overtaken() implements Outcome {}
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Object key(Start start) {
        return start.ready().place();
    }

    /** What was counted for a message that is not sent must not stay. */
    @Override
    public boolean undone(Outcome outcome) {
        return switch (outcome) {
            case Outcome.QuotaUsedUp _, Outcome.OverBudget _, Outcome.Overtaken _ -> true;
            case Outcome.Stored _, Outcome.NotAdmitted _, Outcome.ProofWanted _, Outcome.OtherCode _ -> false;
        };
    }

    @Override
    public List<Outcome> write(List<Start> starts) {
        var now = clock.instant();
        var outcomes = new Outcome[starts.size()];
        var live =
                table.live(starts.stream().map(start -> start.ready().place()).toList(), now);
        var current = new ArrayList<Integer>();
        for (int i = 0; i < outcomes.length; i++) {
            var ready = starts.get(i).ready();
            var here = live.get(ready.place());
            if (carries(ready.code(), here)) current.add(i);
            else outcomes[i] = new Outcome.OtherCode(here);
        }
        var admissions =
                fraud.admit(current.stream().map(i -> starts.get(i).request()).toList(), now);
        var admitted = new ArrayList<Integer>();
        for (int k = 0; k < admissions.size(); k++) {
            var i = current.get(k);
            switch (admissions.get(k)) {
                case Admission.Admitted _ -> admitted.add(i);
                case Denied denied -> outcomes[i] = new Outcome.NotAdmitted(denied);
                case ProofAsked asked -> outcomes[i] = new Outcome.ProofWanted(asked.denied());
            }
        }
        var stored = store(admitted.stream().map(i -> starts.get(i).ready()).toList(), now);
        for (int k = 0; k < stored.size(); k++) {
            var i = admitted.get(k);
            outcomes[i] = stored.get(k);
            if (!(stored.get(k) instanceof Outcome.Stored)) continue;
            var start = starts.get(i);
            var login = start.login();
            events.publishEvent(new ChallengeStarted(
                    login.caller(),
                    login.user(),
                    start.phone().id(),
                    start.request().channel()));
        }
        return Arrays.asList(outcomes);
    }

    private static boolean carries(Code code, @Nullable Live live) {
        return switch (code) {
            case Code.Fresh(var fresh) -> live == null || fresh.replaces() == ChallengeTable.Replaces.ANY;
            case Code.Again(var known) -> live != null && live.generation() == known.generation();
        };
    }

    /** Stores codes and messages that have been admitted, in the transaction that admitted them. */
    List<Outcome> store(List<Ready> admitted, Instant now) {
        var generations = table.put(
                admitted.stream()
                        .map(Ready::code)
                        .filter(Code.Fresh.class::isInstance)
                        .map(fresh -> ((Code.Fresh) fresh).code())
                        .toList(),
                now);
        var known = admitted.stream()
                .map(ready -> switch (ready.code()) {
                    case Code.Fresh _ -> generations.get(ready.place());
                    case Code.Again(var live) -> live.generation();
                })
                .toList();
        // The transaction is rolled back then, so the others get any result.
        if (known.stream().anyMatch(Objects::isNull))
            return known.stream()
                    .<Outcome>map(
                            generation -> generation == null ? new Outcome.Overtaken() : new Outcome.OtherCode(null))
                    .toList();
        var messages = new ArrayList<Outgoing>();
        for (int i = 0; i < admitted.size(); i++) {
            var place = admitted.get(i).place();
            var code =
                    new CodeRef(place.transaction(), place.enrollment().value(), Objects.requireNonNull(known.get(i)));
            messages.add(admitted.get(i).message().carrying(code));
        }
        var queued = deliveries.store(messages);
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < queued.size(); i++)
            outcomes.add(
                    switch (queued.get(i)) {
                        case Queued.Promised promised ->
                            new Outcome.Stored(promised, Objects.requireNonNull(known.get(i)));
                        case Queued.OverBudget(var exhausted) -> new Outcome.OverBudget(exhausted);
                        case Queued.QuotaUsedUp() -> new Outcome.QuotaUsedUp();
                        case Queued.ChannelNotOffered _, Queued.NotConfigured _ ->
                            throw new IllegalStateException("It was ready to be stored");
                    });
        return outcomes;
    }
}
