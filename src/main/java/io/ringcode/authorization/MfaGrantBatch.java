package io.ringcode.authorization;

import io.ringcode.action.TokenClaims;
import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.batch.Batch;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verification;
import io.ringcode.challenge.Verifications;
import io.ringcode.challenge.Verifications.SentCode;
import io.ringcode.client.Caller;
import io.ringcode.factor.Amr;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.user.User;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import io.ringcode.user.Users.FinishedSignIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The transaction of the grants of a second factor: a guess, its count, its log lines and what it earns commit together. */
@Component
class MfaGrantBatch implements Batch<MfaGrantBatch.Attempt, MfaGrantBatch.Judged> {
    private final Verifications verifications;
    private final RecoveryCodes recoveryCodes;
    private final Users users;
    private final UserGrants userGrants;
    private final MfaClaims mfaClaims;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    MfaGrantBatch(
            Verifications verifications,
            RecoveryCodes recoveryCodes,
            Users users,
            UserGrants userGrants,
            MfaClaims mfaClaims,
            Clock clock,
            ApplicationEventPublisher events) {
        this.verifications = verifications;
        this.recoveryCodes = recoveryCodes;
        this.users = users;
        this.userGrants = userGrants;
        this.mfaClaims = mfaClaims;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A proof that is offered for tokens.
     *
     * @param wrong what a wrong guess is refused with
     * @param key what the tokens are to be bound to; null for bearer tokens
     */
    record Attempt(
            Caller caller,
            MfaTransaction transaction,
            GrantType grant,
            OAuthError wrong,
            @Nullable String key,
            Proof proof) {
        GrantRefused refused(OAuthRefused no) {
            return new GrantRefused(caller, transaction.user(), grant, no.sentence());
        }

        private FinishedSignIn signIn() {
            return new FinishedSignIn(
                    transaction.tenant(),
                    transaction.user(),
                    transaction.grounds(),
                    caller.origin().ip());
        }
    }

    /** What a proof came to. */
    sealed interface Judged {
        record Right(Granted granted) implements Judged {}

        /** Counted and logged. */
        record Refused(OAuthRefused no) implements Judged {}

        /** Right, but it would have bound a first authenticator, and the user has another one by now. */
        record EnrolledMeanwhile() implements Judged {}

        /** Right, but the user was blocked, deleted or given another password since the first factor was right. */
        record Outlived() implements Judged {}

        /** Right, but the tenant's actions have not let the number be trusted that it would have bound. */
        record NumberNotTrusted() implements Judged {}
    }

    private record UserKey(String tenant, UserId user) {}

    @Override
    public String name() {
        return "guess";
    }

    @Override
    public Object key(Attempt attempt) {
        return new UserKey(
                attempt.transaction().tenant().value(), attempt.transaction().user());
    }

    @Override
    public boolean undone(Judged judged) {
        return switch (judged) {
            case Judged.Right _, Judged.Refused _ -> false;
            case Judged.EnrolledMeanwhile _, Judged.Outlived _, Judged.NumberNotTrusted _ -> true;
        };
    }

    @Override
    public List<Judged> write(List<Attempt> attempts) {
        var judged = new Judged[attempts.size()];
        var verifications = prove(attempts);
        var right = new ArrayList<Integer>();
        for (int i = 0; i < judged.length; i++) {
            var attempt = attempts.get(i);
            switch (verifications.get(i)) {
                case Verification.Verified _ -> right.add(i);
                case Verification.WrongCode _ -> judged[i] = refuse(attempt, new OAuthRefused(attempt.wrong()));
                case Verification.Locked(var wait) ->
                    judged[i] = refuse(attempt, new OAuthRefused(OAuthError.TOO_MANY_FAILURES, wait));
                case Verification.CodeUsedUp() ->
                    judged[i] = refuse(attempt, new OAuthRefused(OAuthError.TOO_MANY_FAILURES, Duration.ZERO));
                case Verification.Gone() -> judged[i] = refuse(attempt, new OAuthRefused(OAuthError.EXPIRED_OOB_CODE));
                case Verification.SwitchedOff() -> judged[i] = refuse(attempt, new OAuthRefused(OAuthError.FACTOR_OFF));
                case Verification.EnrolledMeanwhile() -> judged[i] = new Judged.EnrolledMeanwhile();
                case Verification.Outlived() -> judged[i] = new Judged.Outlived();
                case Verification.NumberNotTrusted() -> judged[i] = new Judged.NumberNotTrusted();
            }
        }
        earn(attempts, verifications, right, judged);
        return Arrays.asList(judged);
    }

    private List<Verification> prove(List<Attempt> attempts) {
        var sent = new ArrayList<SentCode>();
        for (var attempt : attempts)
            if (attempt.proof() instanceof Proof.OutOfBand code)
                sent.add(new SentCode(attempt.transaction().by(attempt.caller()), code));
        var judged = verifications.prove(sent).iterator();
        return attempts.stream()
                .map(attempt -> attempt.proof() instanceof Proof.OutOfBand
                        ? judged.next()
                        : verifications.prove(attempt.transaction().by(attempt.caller()), attempt.proof()))
                .toList();
    }

    private Judged refuse(Attempt attempt, OAuthRefused no) {
        events.publishEvent(attempt.refused(no));
        return new Judged.Refused(no);
    }

    /** @param right the places of the attempts that were right */
    private void earn(List<Attempt> attempts, List<Verification> verifications, List<Integer> right, Judged[] judged) {
        var now = clock.instant();
        // In one order, so that two servers never wait for each other's rows in a circle.
        right.sort(Comparator.comparing(
                        (Integer i) -> attempts.get(i).transaction().tenant().value())
                .thenComparing(i -> attempts.get(i).transaction().user().value()));
        var signedIn =
                users.signedIn(right.stream().map(i -> attempts.get(i).signIn()).toList(), now);
        for (int k = 0; k < right.size(); k++) {
            var i = right.get(k);
            var user = signedIn.get(k);
            judged[i] = user != null && verifications.get(i) instanceof Verification.Verified verified
                    ? new Judged.Right(earn(attempts.get(i), verified, user, now))
                    : new Judged.Outlived();
        }
    }

    private TokenClaims claims(MfaTransaction transaction) {
        return switch (transaction.claims()) {
            case NONE -> TokenClaims.NONE;
            case KEPT -> mfaClaims.of(transaction.tenant(), transaction.id());
        };
    }

    private Granted earn(Attempt attempt, Verification.Verified right, User user, Instant now) {
        var transaction = attempt.transaction();
        var recovered = right.method().equals(ProofMethod.RECOVERY_CODE)
                ? recoveryCodes.replace(transaction.tenant(), user.id(), now)
                : null;
        var session = new Session(
                transaction.tenant(),
                user.id(),
                user.stamp(),
                transaction.client(),
                transaction.audience(),
                transaction.scopes(),
                Amr.PASSWORD.and(right.method()),
                now,
                attempt.key(),
                claims(transaction));
        userGrants.finished(attempt.caller(), session, attempt.grant());
        var offline = transaction.access() ? null : userGrants.offline(attempt.caller(), session);
        return new Granted(session, user, offline, recovered);
    }
}
