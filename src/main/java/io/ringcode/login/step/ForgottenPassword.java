package io.ringcode.login.step;

import io.ringcode.client.Connections;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.fraud.ResetGuard.Answer;
import io.ringcode.login.page.Problem;
import io.ringcode.mail.Mails;
import io.ringcode.notice.NoticeEvent.ResetRefused;
import io.ringcode.notice.Notices;
import io.ringcode.session.LoginRequest;
import io.ringcode.text.Typed;
import io.ringcode.user.EmailAddress;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The request for a link by which a new password is set, on the sign-in pages. */
@Component
public class ForgottenPassword {
    private final Notices notices;
    private final Mails mails;
    private final Connections connections;
    private final ResetGuard guard;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    ForgottenPassword(
            Notices notices,
            Mails mails,
            Connections connections,
            ResetGuard guard,
            Clock clock,
            ApplicationEventPublisher events) {
        this.notices = notices;
        this.mails = mails;
        this.connections = connections;
        this.guard = guard;
        this.clock = clock;
        this.events = events;
    }

    /** Whether somebody who signs in by a password may ask for another one. */
    public boolean isOffered(PageRequest page) {
        return page.login().user() == null
                && page.login().loginRequest().kind() != LoginRequest.Kind.SECOND_FACTOR
                && connections.offers(
                        page.tenant(), connection(page), page.caller().client().id())
                && mails.canSend(page.tenant());
    }

    /** @return what was wrong; empty where a mail is sent, or would be if there were such a user */
    public List<Problem> ask(PageRequest page) {
        var email = new Typed(page.typed("email")).name().toLowerCase(Locale.ROOT);
        if (email.isEmpty()) return List.of(Problem.of("email", "no-email"));
        if (!EmailAddress.is(email)) return List.of(Problem.of("email", "invalid-email"));
        return ask(page, email).stream().toList();
    }

    private Optional<Problem> ask(PageRequest page, String email) {
        return switch (guard.admit(page.tenant(), email, page.caller().origin(), clock.instant())) {
            case Answer.Admitted() -> {
                notices.passwordForgotten(
                        page.tenant(),
                        connection(page),
                        email,
                        page.caller().client().id().value(),
                        page.wording().language());
                yield Optional.empty();
            }
            case Answer.EnoughForName() -> {
                events.publishEvent(new ResetRefused(page.caller(), "Too many links were asked for this user."));
                yield Optional.empty();
            }
            case Answer.TooManyFromAddress(var wait) -> {
                events.publishEvent(
                        new ResetRefused(page.caller(), "Too many links were asked for from this address."));
                yield Optional.of(new Problem("", "too-many-requests", WaitTexts.values(wait)));
            }
        };
    }

    private static String connection(PageRequest page) {
        var wished = page.login().loginRequest().connection();
        return wished == null ? Connections.DEFAULT : wished;
    }
}
