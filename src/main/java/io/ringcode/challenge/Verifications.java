package io.ringcode.challenge;

import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.challenge.ChallengeEvent.GuessWrong;
import io.ringcode.challenge.ChallengeEvent.GuessesExceeded;
import io.ringcode.challenge.ChallengeTable.Guess;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.enrollment.EnrollmentId;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.RecoveryCodeHash;
import io.ringcode.phone.Channel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Judges guesses, each counted first. Every method runs in its caller's transaction, which must commit. */
@Component
public class Verifications {
    private final ChallengeTable table;
    private final GuessCount guesses;
    private final OobCodes oobCodes;
    private final Enrollments enrollments;
    private final RecoveryCodeHash recoveryHash;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Verifications(
            ChallengeTable table,
            GuessCount guesses,
            OobCodes oobCodes,
            Enrollments enrollments,
            RecoveryCodeHash recoveryHash,
            Clock clock,
            ApplicationEventPublisher events) {
        this.table = table;
        this.guesses = guesses;
        this.oobCodes = oobCodes;
        this.enrollments = enrollments;
        this.recoveryHash = recoveryHash;
        this.clock = clock;
        this.events = events;
    }

    /** Whose an oob_code is, before anything is counted. */
    public enum Ownership {
        OURS,
        MALFORMED,
        OTHER_LOGIN
    }

    public Ownership ownership(Transaction login, String oobCode) {
        return oobCodes.open(login.tenant(), oobCode)
                .map(handle -> handle.transaction().equals(login.id()) ? Ownership.OURS : Ownership.OTHER_LOGIN)
                .orElse(Ownership.MALFORMED);
    }

    /** @param code as typed; blanks and dashes do not matter */
    public Verification code(Transaction login, String oobCode, String code) {
        var handle = oobCodes.open(login.tenant(), oobCode)
                .filter(ours -> ours.transaction().equals(login.id()));
        if (handle.isEmpty()) return new Gone();
        var now = clock.instant();
        var guess = table.guess(login.tenant(), handle.get(), plain(code), now);
        if (guess.isEmpty()) return new Gone();
        // amr: RFC 8176 section 2 calls a call "tel"
        var method = handle.get().channel() == Channel.VOICE ? "tel" : "sms";
        return judged(login, handle.get().enrollment(), method, guess.get(), now);
    }

    /** A code of one of the user's authenticator apps. A wrong one counts against the first. */
    public Verification app(Transaction login, List<EnrollmentId> apps, String code) {
        var now = clock.instant();
        var typed = plain(code);
        EnrollmentId guessed = null;
        Long step = null;
        for (var app : apps) {
            var seed = enrollments.seed(login.tenant(), app).orElse("");
            var fits = Totp.stepOf(seed, typed, now);
            if (guessed == null || (step == null && fits != null)) {
                guessed = app;
                step = fits;
            }
        }
        if (guessed == null) return new WrongCode();
        var app = guessed;
        return guesses.app(login.tenant(), app, step, now)
                .map(guess -> judged(login, app, "otp", guess, now))
                .orElseGet(WrongCode::new);
    }

    /** A right recovery code is burnt; the caller gives the user the next one. */
    public Verification recoveryCode(Transaction login, EnrollmentId enrollment, String code) {
        var now = clock.instant();
        return guesses.recoveryCode(
                        login.tenant(), enrollment, recoveryHash.of(login.tenant(), login.user(), code), now)
                .map(guess -> judged(login, enrollment, "recovery-code", guess, now))
                .orElseGet(Gone::new);
    }

    private Verification judged(Transaction login, EnrollmentId enrollment, String method, Guess guess, Instant now) {
        if (!guess.open()) {
            events.publishEvent(new GuessesExceeded(login.caller(), login.user(), enrollment, method));
            return new Locked(guesses.wait(login.tenant(), enrollment, now));
        }
        if (!guess.matched()) {
            events.publishEvent(new GuessWrong(login.caller(), login.user(), enrollment, method));
            return new WrongCode();
        }
        if (guess.first()) enrollments.confirmRecoveryCode(login.tenant(), login.user(), now);
        events.publishEvent(new GuessRight(login.caller(), login.user(), enrollment, method, guess.first()));
        return new Verified(enrollment, method, guess.first());
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "");
    }
}
