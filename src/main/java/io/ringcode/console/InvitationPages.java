package io.ringcode.console;

import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.client.Connections;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.View;
import io.ringcode.factor.Factors;
import io.ringcode.login.AdministratorSignIn;
import io.ringcode.login.SameOriginForms;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.text.StorableText;
import io.ringcode.text.Typed;
import io.ringcode.user.EmailAddress;
import io.ringcode.user.NewPassword;
import io.ringcode.user.PasswordLength;
import io.ringcode.user.Passwords;
import io.ringcode.user.User;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages outside of a session: the invitation that makes somebody an administrator, signing out, and what does not exist. */
@Controller
class InvitationPages {
    private final Administrators administrators;
    private final AdministratorSignIn signIn;
    private final Callers callers;
    private final Issuers issuers;
    private final Users users;
    private final Passwords passwords;
    private final Tenants tenants;
    private final ConsolePages pages;
    private final Clock clock;
    private final TransactionTemplate transactions;

    InvitationPages(
            Administrators administrators,
            AdministratorSignIn signIn,
            Callers callers,
            Issuers issuers,
            Users users,
            Passwords passwords,
            Tenants tenants,
            ConsolePages pages,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.administrators = administrators;
        this.signIn = signIn;
        this.callers = callers;
        this.issuers = issuers;
        this.users = users;
        this.passwords = passwords;
        this.tenants = tenants;
        this.pages = pages;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    @GetMapping("/console/first")
    void first(@RequestParam(defaultValue = "") String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (administrators.isGood(callers.tenant(request), token, clock.instant()))
            pages.write(response, 200, new View.First(token, "", null));
        else gone(response);
    }

    @PostMapping("/console/first")
    void accept(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var tenant = callers.tenant(request);
        if (!SameOriginForms.sent(request, issuers.of(request))) {
            pages.write(response, 403, new View.Stop(SameOriginForms.REFUSED, false));
            return;
        }
        if (!administrators.isGood(tenant, token, clock.instant())) {
            gone(response);
            return;
        }
        var name = new Typed(email).name().toLowerCase(Locale.ROOT);
        var wrong = problem(email, password);
        var known = wrong == null
                ? users.signIn(tenant, Connections.DEFAULT, name, password).map(User::id)
                : Optional.<UserId>empty();
        // Who has an account already sets no password.
        if (wrong == null && known.isEmpty()) wrong = passwordProblem(password);
        var user = wrong == null ? accept(tenant, token, name, known, password) : Optional.<UserId>empty();
        if (user.isPresent()) signIn.begin(request, response, "/console", user.get());
        else
            pages.write(
                    response,
                    400,
                    new View.First(
                            token,
                            email,
                            wrong == null
                                    ? "An account with this email address exists, and its password is different."
                                    : wrong));
    }

    private static @Nullable String problem(String email, String password) {
        if (!StorableText.is(email + password)) return "The text you entered contains invalid characters.";
        if (!EmailAddress.is(new Typed(email).name())) return "Enter an email address, such as ada@example.com.";
        return null;
    }

    private static @Nullable String passwordProblem(String password) {
        return switch (NewPassword.refusal(password)) {
            case TOO_SHORT, TOO_LONG ->
                "Type a password of " + PasswordLength.SHORTEST + " to " + PasswordLength.LONGEST + " characters.";
            case COMMON -> "This password is easy to guess because many people use it. Choose another one.";
            case null -> null;
        };
    }

    /** @return empty when the address is taken and the password is not its own, or the link has just been used */
    private Optional<UserId> accept(
            TenantId tenant, String token, String email, Optional<UserId> known, String password) {
        var now = clock.instant();
        var hash = passwords.hash(password);
        return transactions.execute(status -> {
            var user = known.or(() -> users.signUp(tenant, Connections.DEFAULT, email, hash, now));
            if (user.isEmpty() || !administrators.accept(tenant, token, user.get(), now)) {
                status.setRollbackOnly();
                return Optional.<UserId>empty();
            }
            offerApp(tenant);
            return user;
        });
    }

    /** The second factor of administrators must be one that needs no carrier, as long as there is none. */
    private void offerApp(TenantId tenant) {
        var factors = Factors.of(tenants.settings(tenant));
        if (!factors.offered().isEmpty()) return;
        tenants.update(tenant, Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF, stored -> {
            var on = new HashMap<>(stored.on());
            on.put("otp", true);
            on.put("recovery-code", true);
            return new Factors.Switches(on);
        });
    }

    private void gone(HttpServletResponse response) throws IOException {
        var sentence =
                "This link has been used, or its week is over. The server prints a new one at its next start, as long"
                        + " as there is no administrator.";
        pages.write(response, 400, new View.Stop(sentence, false));
    }

    @PostMapping("/console/leave")
    void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!SameOriginForms.sent(request, issuers.of(request))) {
            pages.write(response, 403, new View.Stop("This form was not sent from the console.", false));
            return;
        }
        signIn.end(request, response);
        pages.write(response, 200, new View.Stop("You are signed out.", false));
    }

    @RequestMapping("/console/**")
    void nothing(HttpServletResponse response) throws IOException {
        pages.write(response, 404, new View.Stop("There is no such page.", true));
    }
}
