package io.ringcode.login.step;

import io.ringcode.challenge.Proof;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Binding;
import io.ringcode.factor.Binding.FirstRecoveryCode;
import io.ringcode.factor.OtpAuth;
import io.ringcode.login.page.AppScreen;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pages of authenticator apps. */
@Component
class AppFactorPages implements FactorPages<Step.OfApp> {
    private static final String CODE = "[0-9]{6}";

    private final FactorPolicy policy;
    private final CodeSteps codes;
    private final PasskeySteps passkeys;
    private final WebAuthnFactorPages webAuthn;
    private final Completion completion;
    private final Binding binding;
    private final Users users;
    private final Tenants tenants;
    private final Clock clock;

    AppFactorPages(
            FactorPolicy policy,
            CodeSteps codes,
            PasskeySteps passkeys,
            WebAuthnFactorPages webAuthn,
            Completion completion,
            Binding binding,
            Users users,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.codes = codes;
        this.passkeys = passkeys;
        this.webAuthn = webAuthn;
        this.completion = completion;
        this.binding = binding;
        this.users = users;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public StepResult prove(PageRequest page) {
        return new StepResult.Next(page.login(), new Step.AwaitAppCode(passkeys.beside(page)));
    }

    @Override
    public StepResult bind(PageRequest page, Factor offered, boolean proved) {
        var now = clock.instant();
        var login = page.transaction();
        var app = binding.app(page.caller(), page.user(), login.id(), FirstRecoveryCode.MADE, now);
        return new StepResult.Next(
                page.login(), new Step.EnrollApp(app.id().value(), app.seed(), app.recoveryCode(), proved));
    }

    @Override
    public StepResult handle(PageRequest page, Step.OfApp step) {
        return switch (step) {
            case Step.EnrollApp at ->
                page.pressedNothingElse()
                        ? code(page, at, new Proof.AppCode(new AuthenticatorId(at.enrollment()), page.typed("code")))
                        : new StepResult.Next(page.login(), new Step.ChooseEnrollment(at.proved()));
            case Step.AwaitAppCode at
            when at.passkey() != null && WebAuthnFactorPages.isPicked(page) -> webAuthn.instead(page, at, at.passkey());
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
                new AppScreen.AppEnrollment(
                        OtpAuth.uri(company(page), account(page), seed), seed, policy.leadsElsewhere(page), problems);
            case Step.AwaitAppCode(var passkey) ->
                new AppScreen.AppChallenge(
                        policy.hasOthers(page),
                        completion.remember(page),
                        passkey == null ? null : webAuthn.request(page, passkey),
                        problems);
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
