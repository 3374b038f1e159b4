package io.ringcode.login.step;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.ringcode.factor.FactorKind;
import io.ringcode.login.page.Problem;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of a sign-in: the one page that is due, and what it needs to remember. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.ChooseEnrollment.class, name = "choose-enrollment"),
    @JsonSubTypes.Type(value = Step.EnrollPhone.class, name = "enroll-phone"),
    @JsonSubTypes.Type(value = Step.EnrollApp.class, name = "enroll-app"),
    @JsonSubTypes.Type(value = Step.EnrollKey.class, name = "enroll-key"),
    @JsonSubTypes.Type(value = Step.AwaitKey.class, name = "await-key"),
    @JsonSubTypes.Type(value = Step.KeyFailed.class, name = "key-failed"),
    @JsonSubTypes.Type(value = Step.NameKey.class, name = "name-key"),
    @JsonSubTypes.Type(value = Step.ChooseFactor.class, name = "choose-factor"),
    @JsonSubTypes.Type(value = Step.ChooseChannel.class, name = "choose-channel"),
    @JsonSubTypes.Type(value = Step.ChoosePhone.class, name = "choose-phone"),
    @JsonSubTypes.Type(value = Step.ProvePerson.class, name = "prove-person"),
    @JsonSubTypes.Type(value = Step.AwaitCode.class, name = "await-code"),
    @JsonSubTypes.Type(value = Step.AwaitAppCode.class, name = "await-app-code"),
    @JsonSubTypes.Type(value = Step.AwaitRecoveryCode.class, name = "await-recovery-code"),
    @JsonSubTypes.Type(value = Step.ShowRecoveryCode.class, name = "show-recovery-code"),
    @JsonSubTypes.Type(value = Step.LockedOut.class, name = "locked-out"),
    @JsonSubTypes.Type(value = Step.NewPassword.class, name = "new-password"),
    @JsonSubTypes.Type(value = Step.Methods.class, name = "methods"),
    @JsonSubTypes.Type(value = Step.ChangeMethod.class, name = "change-method"),
    @JsonSubTypes.Type(value = Step.RemoveMethod.class, name = "remove-method"),
    @JsonSubTypes.Type(value = Step.LostPhone.class, name = "lost-phone"),
    @JsonSubTypes.Type(value = Step.LossTold.class, name = "loss-told")
})
public sealed interface Step {
    /** Whether it leads to binding an authenticator by the first factor alone. */
    default boolean bindsFirst() {
        return switch (this) {
            case ChooseEnrollment(var proved, var _) -> !proved;
            case EnrollPhone at -> !at.proved();
            case EnrollApp(var _, var _, var _, var proved) -> !proved;
            case EnrollKey at -> !at.proved();
            case KeyFailed(var at, var _) -> at.bindsFirst();
            case AwaitCode at -> at.enrolling() && !at.proved();
            case ProvePerson at -> at.number() != null && !at.proved();
            case ChooseFactor _, ChooseChannel _, ChoosePhone _, AwaitAppCode _, AwaitRecoveryCode _ -> false;
            case LockedOut at -> at.step() != null && at.step().bindsFirst();
            case AwaitKey _, NameKey _, ShowRecoveryCode _, NewPassword _, OfAccount _, OfLoss _ -> false;
        };
    }

    /** A page of {@link PhoneFactorPages}. */
    sealed interface OfPhone extends Step {}

    /** A page of {@link AppFactorPages}. */
    sealed interface OfApp extends Step {}

    /** A page of {@link WebAuthnFactorPages}. */
    sealed interface OfWebAuthn extends Step {}

    /** A ceremony of WebAuthn. */
    sealed interface Ceremony extends OfWebAuthn {
        FactorKind kind();

        String challenge();

        Instant expiresAt();

        Ceremony with(String challenge, Instant expiresAt, @Nullable Problem problem);
    }

    /** A page of {@link RecoveryCodeFactorPages}. */
    sealed interface OfRecoveryCode extends Step {}

    /** A page of {@link MethodPages}: where people manage their own methods, once they have proved one. */
    sealed interface OfAccount extends Step {}

    /** A page of {@link LossPages}. */
    sealed interface OfLoss extends Step {}

    record LostPhone() implements OfLoss {}

    /** Nothing could be proved, so administrators and the owner were told. */
    record LossTold() implements OfLoss {}

    /** The list. */
    record Methods() implements OfAccount {}

    /** @param enrollment that is named, or gets its codes in another way */
    record ChangeMethod(String enrollment) implements OfAccount {}

    record RemoveMethod(String enrollment) implements OfAccount {}

    /**
     * @param proved whether the second factor is done, so that this is advice and can be skipped
     * @param problem why what was chosen before will not do; null when nothing was wrong
     */
    record ChooseEnrollment(boolean proved, @Nullable Problem problem) implements Step {
        ChooseEnrollment(boolean proved) {
            this(proved, null);
        }
    }

    /**
     * @param channel the only one to offer; null for all that are on
     * @param proved as in {@link ChooseEnrollment}
     * @param number that was typed before, E.164, to be corrected; null for none
     * @param problem why no code could be sent to it; null when nothing failed
     */
    record EnrollPhone(
            @Nullable Channel channel,
            boolean proved,
            @Nullable String number,
            @Nullable Problem problem) implements OfPhone {
        EnrollPhone(@Nullable Channel channel, boolean proved) {
            this(channel, proved, null, null);
        }

        @Override
        public String toString() {
            return "EnrollPhone[" + channel + "]";
        }
    }

    /**
     * @param enrollment that waits for its first code
     * @param recoveryCode to be shown once that is there; null for none
     */
    record EnrollApp(
            String enrollment, String seed, @Nullable String recoveryCode, boolean proved) implements OfApp {}

    /**
     * @param enrollment that it will be
     * @param challenge of this page, for one answer
     * @param recoveryCode to be shown once it is bound; null for none
     * @param offer that made it, after a sign-in; null where it was chosen
     * @param problem of the last try; null when nothing was wrong
     */
    record EnrollKey(
            FactorKind kind,
            String enrollment,
            String challenge,
            Instant expiresAt,
            @Nullable String recoveryCode,
            boolean proved,
            @Nullable UUID offer,
            @Nullable Problem problem)
            implements Ceremony {
        @Override
        public EnrollKey with(String challenge, Instant expiresAt, @Nullable Problem problem) {
            return new EnrollKey(kind, enrollment, challenge, expiresAt, recoveryCode, proved, offer, problem);
        }
    }

    /** As in {@link EnrollKey}. */
    record AwaitKey(
            FactorKind kind,
            String challenge,
            Instant expiresAt,
            @Nullable Problem problem) implements Ceremony {
        @Override
        public AwaitKey with(String challenge, Instant expiresAt, @Nullable Problem problem) {
            return new AwaitKey(kind, challenge, expiresAt, problem);
        }
    }

    /** The browser told that a ceremony failed, or, without an error, that it knows of none. */
    record KeyFailed(Ceremony at, @Nullable String error) implements OfWebAuthn {}

    /** @param recoveryCode to be shown afterwards; null for none */
    record NameKey(
            FactorKind kind, String enrollment, @Nullable String recoveryCode) implements OfWebAuthn {}

    /** @param problem as in {@link ChooseEnrollment} */
    record ChooseFactor(@Nullable Problem problem) implements Step {
        ChooseFactor() {
            this(null);
        }
    }

    /** @param problem why the last send failed; null when nothing did */
    record ChooseChannel(String enrollment, @Nullable Problem problem) implements OfPhone {}

    record ChoosePhone() implements OfPhone {}

    /**
     * Before a code is sent, who asks shows that he is no program.
     *
     * @param enrollment of the phone that gets the code; null for a number that is to be bound
     * @param number that is to be bound, E.164; null where the phone is bound already
     * @param proved as in {@link ChooseEnrollment}
     * @param formTime how long the page of the number was shown; null where the number was not typed just now
     */
    record ProvePerson(
            @Nullable String enrollment,
            @Nullable String number,
            Channel channel,
            boolean proved,
            @Nullable Duration formTime)
            implements OfPhone {
        @Override
        public String toString() {
            return "ProvePerson[" + channel + "]";
        }
    }

    /**
     * @param enrolling whether its code binds the phone
     * @param sentAt when the code was asked for last
     * @param recoveryCode to be shown once the phone is bound; null for none
     * @param over why its code is good no more, as the key of a sentence; null while it is
     * @param passkey that the browser may offer in place of the code; null where there is none
     */
    record AwaitCode(
            String enrollment,
            String maskedNumber,
            Channel channel,
            String oobCode,
            boolean enrolling,
            Instant sentAt,
            @Nullable String recoveryCode,
            boolean proved,
            @Nullable String over,
            @Nullable AwaitKey passkey)
            implements OfPhone {
        AwaitCode over(String why) {
            return new AwaitCode(
                    enrollment, maskedNumber, channel, oobCode, enrolling, sentAt, recoveryCode, proved, why, passkey);
        }
    }

    /** @param passkey as in {@link AwaitCode} */
    record AwaitAppCode(@Nullable AwaitKey passkey) implements OfApp {}

    record AwaitRecoveryCode() implements OfRecoveryCode {}

    /**
     * @param next whether it replaces one that was just used
     * @param enroll whether binding another authenticator is advised afterwards
     */
    record ShowRecoveryCode(String code, boolean next, boolean enroll) implements OfRecoveryCode {}

    /** The last page of a link for a new password. */
    record NewPassword() implements Step {}

    /**
     * @param until when another guess is free; null when only another factor or an administrator helps
     * @param step on whose page too much was guessed; it knows the other ways
     */
    record LockedOut(@Nullable Instant until, @Nullable Step step) implements Step {}
}
