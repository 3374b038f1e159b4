package io.ringcode.notice;

import io.ringcode.client.Caller;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.fraud.ResetGuard.Answer.Admitted;
import io.ringcode.fraud.ResetGuard.Answer.EnoughForName;
import io.ringcode.fraud.ResetGuard.Answer.TooManyFromAddress;
import io.ringcode.notice.NoticeEvent.ResetRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Requests for links by which a forgotten password is replaced, from every door. */
@Component
public class PasswordLinks {
    private final Notices notices;
    private final ResetGuard guard;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    PasswordLinks(Notices notices, ResetGuard guard, Clock clock, ApplicationEventPublisher events) {
        this.notices = notices;
        this.guard = guard;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Sends a link, if there is such a user; whoever asks does not learn it.
     *
     * @param login an e-mail address
     * @return how long to wait, where too many were asked for from this address; empty for all else
     */
    public Optional<Duration> ask(Caller caller, String connection, String login, Locale language) {
        return switch (guard.admit(caller.tenant(), login, caller.origin(), clock.instant())) {
            case Admitted() -> {
                notices.passwordForgotten(
                        caller.tenant(), connection, login, caller.client().id().value(), language);
                yield Optional.empty();
            }
            case EnoughForName() -> {
                events.publishEvent(new ResetRefused(caller, "Too many links were asked for this user."));
                yield Optional.empty();
            }
            case TooManyFromAddress(var wait) -> {
                events.publishEvent(new ResetRefused(caller, "Too many links were asked for from this address."));
                yield Optional.of(wait);
            }
        };
    }
}
