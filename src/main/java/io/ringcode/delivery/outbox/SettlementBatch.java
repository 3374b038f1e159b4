package io.ringcode.delivery.outbox;

import io.ringcode.batch.Batch;
import io.ringcode.batch.Gathering;
import io.ringcode.delivery.MessageSettled;
import io.ringcode.delivery.outbox.AttemptTable.Ended;
import io.ringcode.delivery.outbox.SettlementBatch.Answered;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The transaction that records what carriers answered. */
@Component
class SettlementBatch implements Batch<Answered, Boolean> {
    private final AttemptTable attempts;
    private final MessageCharges charges;
    private final ApplicationEventPublisher events;

    SettlementBatch(AttemptTable attempts, MessageCharges charges, ApplicationEventPublisher events) {
        this.attempts = attempts;
        this.charges = charges;
        this.events = events;
    }

    /** An attempt with its answer, and the event that tells of it. */
    record Answered(Ended ended, MessageSettled event) {}

    @Override
    public String name() {
        return "settle";
    }

    @Override
    public Object key(Answered answered) {
        return answered.ended().message();
    }

    /** Callers were told when the carrier took their message. */
    @Override
    public Gathering gathering() {
        return Gathering.PATIENT;
    }

    @Override
    public boolean undone(Boolean newest) {
        return false;
    }

    /** @return whether the attempt is its message's newest; an answer that comes after the lease may be one of many, and is not told */
    @Override
    public List<Boolean> write(List<Answered> items) {
        var settled = attempts.settle(items.stream().map(Answered::ended).toList());
        charges.settle(items.stream().map(Answered::ended).toList());
        return items.stream()
                .map(item -> {
                    var newest = settled.contains(item.ended().message());
                    if (newest) events.publishEvent(item.event());
                    return newest;
                })
                .toList();
    }
}
