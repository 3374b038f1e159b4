package io.ringcode.login.step;

import io.ringcode.client.Connections;
import io.ringcode.login.page.Problem;
import io.ringcode.mail.Mails;
import io.ringcode.notice.PasswordLinks;
import io.ringcode.session.LoginRequest;
import io.ringcode.text.Typed;
import io.ringcode.user.EmailAddress;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The request for a link by which a new password is set, on the sign-in pages. */
@Component
public class ForgottenPassword {
    private final PasswordLinks links;
    private final Mails mails;
    private final Connections connections;

    ForgottenPassword(PasswordLinks links, Mails mails, Connections connections) {
        this.links = links;
        this.mails = mails;
        this.connections = connections;
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
        return links.ask(page.caller(), connection(page), email, page.wording().language()).stream()
                .map(wait -> new Problem("", "too-many-requests", WaitTexts.values(wait)))
                .toList();
    }

    private static String connection(PageRequest page) {
        var wished = page.login().loginRequest().connection();
        return wished == null ? Connections.DEFAULT : wished;
    }
}
