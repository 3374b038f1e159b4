package io.ringcode.login.step;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.RecoveryCodeReplaced;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.login.page.AccountScreen;
import io.ringcode.login.page.AccountScreen.Method;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.phone.Channel;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.text.Typed;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The pages on which people manage their own methods, which a sign-in leads to that is for nothing else. A method is added by the pages
 * that bind one in every sign-in.
 */
@Component
class MethodPages {
    private static final String ADD = "add::";
    private static final String CHANGE = "change::";

    private final FactorPolicy policy;
    private final FactorPagesByKind pages;
    private final AuthenticatorAdmin methods;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final Users users;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final Steps steps;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    MethodPages(
            FactorPolicy policy,
            FactorPagesByKind pages,
            AuthenticatorAdmin methods,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            Users users,
            BrowserSessions sessions,
            Logins logins,
            Steps steps,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.policy = policy;
        this.pages = pages;
        this.methods = methods;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.users = users;
        this.sessions = sessions;
        this.logins = logins;
        this.steps = steps;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Whether a sign-in is for these pages, and what they, and the tenant's rules and actions, ask for is proved. */
    static boolean isOpen(Login login) {
        var decision = login.decision();
        return login.loginRequest().kind() == LoginRequest.Kind.ACCOUNT
                && login.pastSecondFactor()
                && decision != null
                && decision.settled()
                && decision.denied() == null;
    }

    StepResult handle(PageRequest page, Step.OfAccount step) {
        if (!isOpen(page.login())) throw new LoginGone();
        return switch (step) {
            case Step.Methods _ -> list(page);
            case Step.ChangeMethod(var id) ->
                find(page, id).map(method -> change(page, method)).orElseGet(() -> back(page));
            case Step.RemoveMethod(var id) ->
                find(page, id).map(method -> remove(page, method)).orElseGet(() -> back(page));
        };
    }

    private StepResult list(PageRequest page) {
        var action = page.typed("action");
        if (action.equals("new-recovery-code")) return newRecoveryCode(page);
        if (action.startsWith(CHANGE))
            return find(page, action.substring(CHANGE.length()))
                    .map(method -> next(page, new Step.ChangeMethod(method.id().value())))
                    .orElseGet(() -> back(page));
        return policy.offered(page).stream()
                .filter(factor -> action.equals(ADD + factor.wire()))
                .findFirst()
                .map(factor -> pages.of(factor.kind()).bind(page, factor, true))
                .orElseGet(() -> back(page));
    }

    /** What comes in place of the one before counts at once, as after that one was used. */
    private StepResult newRecoveryCode(PageRequest page) {
        return once(page, new Step.Methods(), login -> {
            if (!mayMakeRecoveryCode(page)) return stored(login);
            var code = recoveryCodes.replace(page.tenant(), page.user(), clock.instant());
            events.publishEvent(new RecoveryCodeReplaced(page.caller(), page.user(), By.OWNER));
            return stored(steps.store(login, new Step.ShowRecoveryCode(code, false, false)));
        });
    }

    /**
     * Of forms that are sent to the same page at once one is taken; the others lead to where that one led.
     *
     * @param work in a transaction, with the user held
     */
    private StepResult once(PageRequest page, Step.OfAccount step, Function<Login, StepResult> work) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            var held = steps.holdAt(page.login(), step);
            if (held.isEmpty()) return stored(logins.again(page.login()).orElseThrow(() -> new LoginGone()));
            requireStanding(page);
            return work.apply(held.get());
        }));
    }

    private static StepResult stored(Login login) {
        return new StepResult.Stored(login, null, false);
    }

    private StepResult change(PageRequest page, Authenticator method) {
        return switch (page.typed("action")) {
            case "back-action" -> back(page);
            case "remove" -> next(page, new Step.RemoveMethod(method.id().value()));
            default -> named(page, method);
        };
    }

    private StepResult named(PageRequest page, Authenticator method) {
        var typed = new Typed(page.typed("nickname")).name();
        if (typed.codePointCount(0, typed.length()) > Authenticator.LONGEST_NAME)
            return StepResult.Again.with(Problem.of("nickname", "nickname-too-long"));
        var name = typed.isEmpty() || method.kind() == FactorKind.RECOVERY_CODE ? null : typed;
        var channel = Channel.of(page.typed("type"))
                .filter(chosen -> channels(page, method).contains(chosen))
                .orElse(null);
        if (name != null || channel != null)
            transactions.executeWithoutResult(_ -> {
                requireStanding(page);
                methods.change(page.caller(), page.user(), method.id(), name, channel);
            });
        return back(page);
    }

    /**
     * As by every other door it ends all that stood on the user's methods. This sign-in, in which one was just proved, goes on under
     * the user's new stamp, and the browser stays signed in.
     */
    private StepResult remove(PageRequest page, Authenticator method) {
        if (!page.typed("action").equals("remove"))
            return next(page, new Step.ChangeMethod(method.id().value()));
        return once(page, new Step.RemoveMethod(method.id().value()), login -> {
            if (!authenticators.remove(page.caller(), page.user(), method.id(), By.OWNER))
                return stored(steps.store(login, new Step.Methods()));
            var user = users.find(page.tenant(), page.user()).orElseThrow(() -> new LoginGone());
            var stored = steps.store(login.under(user.stamp()), new Step.Methods());
            var session = sessions.open(
                    page.tenant(), page.session(), user.id(), user.stamp(), login.amr(), AccountLogin.provedAt(login));
            return new StepResult.Stored(stored, session, false);
        });
    }

    /** The user was perhaps blocked, or got another password, since the page was shown. */
    private void requireStanding(PageRequest page) {
        if (users.hold(page.tenant(), page.user(), page.login().grounds()).isEmpty()) throw new LoginGone();
    }

    Screen show(PageRequest page, Step.OfAccount step, List<Problem> problems) {
        return switch (step) {
            case Step.Methods _ -> list(page, problems);
            case Step.ChangeMethod(var id) ->
                find(page, id)
                        .<Screen>map(method -> new AccountScreen.MethodChange(
                                shown(method), channels(page, method), typedName(page, method), problems))
                        .orElseGet(() -> list(page, problems));
            case Step.RemoveMethod(var id) ->
                find(page, id)
                        .<Screen>map(method -> new AccountScreen.MethodRemoval(shown(method), isLast(page, method)))
                        .orElseGet(() -> list(page, problems));
        };
    }

    private Screen list(PageRequest page, List<Problem> problems) {
        var all = methods.list(page.tenant(), page.user()).stream()
                .filter(Authenticator::confirmed)
                .toList();
        return new AccountScreen.Methods(
                all.stream().map(MethodPages::shown).toList(),
                policy.offered(page),
                mayMakeRecoveryCode(page),
                problems);
    }

    private static String typedName(PageRequest page, Authenticator method) {
        if (page.form().containsKey("nickname")) return page.typed("nickname");
        var name = method.binding().name();
        return name == null ? "" : name;
    }

    private boolean mayMakeRecoveryCode(PageRequest page) {
        return policy.of(page).mayBind(FactorKind.RECOVERY_CODE, page.proved());
    }

    private boolean isLast(PageRequest page, Authenticator method) {
        return method.enrolls() && !authenticators.enrolledBeside(page.tenant(), page.user(), method.id());
    }

    /** By which a phone may get its codes; none where there is no choice. */
    private List<Channel> channels(PageRequest page, Authenticator method) {
        if (!(method instanceof Authenticator.Phone phone)) return List.of();
        var channels = policy.channels(page, phone);
        return channels.size() > 1 ? channels : List.of();
    }

    private Optional<Authenticator> find(PageRequest page, String id) {
        return methods.find(page.tenant(), new AuthenticatorId(id))
                .filter(method -> method.confirmed() && method.binding().user().equals(page.user()));
    }

    private static Method shown(Authenticator method) {
        var binding = method.binding();
        return new Method(
                method.id().value(),
                method.kind(),
                binding.name(),
                method instanceof Authenticator.Phone phone ? phone.number().masked() : null,
                method instanceof Authenticator.Phone phone ? phone.channel() : null,
                binding.createdAt(),
                binding.lastAuthAt(),
                binding.locked());
    }

    private static StepResult back(PageRequest page) {
        return next(page, new Step.Methods());
    }

    private static StepResult next(PageRequest page, Step step) {
        return new StepResult.Next(page.login(), step);
    }
}
