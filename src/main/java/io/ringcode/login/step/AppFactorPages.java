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
    public StepResult prove(PageRequest page) {
        return new StepResult.Next(page.login(), new Step.AwaitAppCode());
    }

    @Override
    public StepResult prove(PageRequest page, Factor way) {
        return prove(page);
    }

    @Override
    public StepResult back(PageRequest page) {
        return prove(page);
    }

    @Override
    public StepResult bind(PageRequest page, Factor offered, boolean proved) {
        var now = clock.instant();
        var login = page.transaction();
        return Objects.requireNonNull(transactions.execute(_ -> {
            var withRecoveryCode = policy.of(page).recoveryCodeDue();
            var app = authenticators.bindApp(page.caller(), page.user(), login.id(), now);
            var recoveryCode =
                    withRecoveryCode ? recoveryCodes.begin(page.tenant(), page.user(), login.id(), now) : null;
            return new StepResult.Next(
                    page.login(), new Step.EnrollApp(app.id().value(), app.seed(), recoveryCode, proved));
        }));
    }

    @Override
    public StepResult handle(PageRequest page, Step.OfApp step) {
        return switch (step) {
            case Step.EnrollApp at ->
                page.pressedNothingElse()
                        ? code(page, at, new Proof.AppCode(new AuthenticatorId(at.enrollment()), page.typed("code")))
                        : new StepResult.Next(page.login(), new Step.ChooseEnrollment(at.proved()));
            case Step.AwaitAppCode at ->
                page.pressedNothingElse()
                        ? code(page, at, new Proof.AppCode(null, page.typed("code")))
                        : new StepResult.Next(page.login(), new Step.ChooseFactor());
        };
    }

    private StepResult code(PageRequest page, Step.OfApp step, Proof proof) {
        var malformed = CodeSteps.malformed(page, CODE, "invalid-otp-code-format");
        var recoveryCode = step instanceof Step.EnrollApp at ? at.recoveryCode() : null;
        return malformed != null ? malformed : codes.judge(page, step, recoveryCode, proof);
    }

    @Override
    public Screen show(PageRequest page, Step.OfApp step, List<Problem> problems) {
        return switch (step) {
            case Step.EnrollApp(var _, var seed, var _, var _) ->
                new Screen.AppEnrollment(
                        OtpAuth.uri(company(page), account(page), seed),
                        seed,
                        policy.offered(page).size() > 1,
                        problems);
            case Step.AwaitAppCode() ->
                new Screen.AppChallenge(policy.hasOthers(page), completion.remember(page), problems);
        };
    }

    private String company(PageRequest page) {
        return TenantProfile.of(tenants.settings(page.tenant())).nameOf(page.tenant());
    }

    private String account(PageRequest page) {
        return users.find(page.tenant(), page.user())
                .map(user -> user.email() == null ? user.id().value() : user.email())
                .orElseThrow(() -> new LoginGone());
    }
}
