package io.ringcode.login.step;

import io.ringcode.challenge.Proof;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.OtpAuth;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The pages of authenticator apps. */
@Component
class AppFactorPages implements FactorPages<Step.OfApp> {
    private static final String CODE = "[0-9]{6}";

    private final FactorPolicy policy;
    private final CodeSteps codes;
    private final Completion completion;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final Users users;
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;

    AppFactorPages(
            FactorPolicy policy,
            CodeSteps codes,
            Completion completion,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            Users users,
            Tenants tenants,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.policy = policy;
        this.codes = codes;
        this.completion = completion;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.users = users;
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    public StepResult prove(PageRequest turn) {
        return new StepResult.Next(turn.login(), new Step.AwaitAppCode());
    }

    @Override
    public StepResult prove(PageRequest turn, Factor way) {
        return prove(turn);
    }

    @Override
    public StepResult back(PageRequest turn) {
        return prove(turn);
    }

    @Override
    public StepResult bind(PageRequest turn, Factor offered, boolean proved) {
        var now = clock.instant();
        var login = turn.transaction();
        return Objects.requireNonNull(transactions.execute(_ -> {
            var withRecoveryCode = policy.of(turn).recoveryCodeDue();
            var app = authenticators.bindApp(turn.caller(), turn.user(), login.id(), now);
            var recoveryCode =
                    withRecoveryCode ? recoveryCodes.begin(turn.tenant(), turn.user(), login.id(), now) : null;
            return new StepResult.Next(
                    turn.login(), new Step.EnrollApp(app.id().value(), app.seed(), recoveryCode, proved));
        }));
    }

    @Override
    public StepResult handle(PageRequest turn, Step.OfApp step) {
        return switch (step) {
            case Step.EnrollApp at ->
                turn.pressedNothingElse()
                        ? code(turn, at, new Proof.AppCode(new AuthenticatorId(at.enrollment()), turn.typed("code")))
                        : new StepResult.Next(turn.login(), new Step.ChooseEnrollment(at.proved()));
            case Step.AwaitAppCode at ->
                turn.pressedNothingElse()
                        ? code(turn, at, new Proof.AppCode(null, turn.typed("code")))
                        : new StepResult.Next(turn.login(), new Step.ChooseFactor());
        };
    }

    private StepResult code(PageRequest turn, Step.OfApp step, Proof proof) {
        var malformed = CodeSteps.malformed(turn, CODE, "invalid-otp-code-format");
        var recoveryCode = step instanceof Step.EnrollApp at ? at.recoveryCode() : null;
        return malformed != null ? malformed : codes.judge(turn, step, recoveryCode, proof);
    }

    @Override
    public Screen show(PageRequest turn, Step.OfApp step, List<Problem> problems) {
        return switch (step) {
            case Step.EnrollApp(var _, var seed, var _, var _) ->
                new Screen.AppEnrollment(
                        OtpAuth.uri(company(turn), account(turn), seed),
                        seed,
                        policy.offered(turn).size() > 1,
                        problems);
            case Step.AwaitAppCode() ->
                new Screen.AppChallenge(policy.hasOthers(turn), completion.remember(turn), problems);
        };
    }

    private String company(PageRequest turn) {
        return TenantProfile.of(tenants.settings(turn.tenant())).nameOf(turn.tenant());
    }

    private String account(PageRequest turn) {
        return users.find(turn.tenant(), turn.user())
                .map(user -> user.email() == null ? user.id().value() : user.email())
                .orElseThrow(() -> new LoginGone());
    }
}
