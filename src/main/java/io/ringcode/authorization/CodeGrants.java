package io.ringcode.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ringcode.authorization.AuthorizationCodes.Redeemed;
import io.ringcode.authorization.AuthorizationCodes.Terms;
import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.client.Caller;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The grant of a sign-in by redirect: the code that came with the browser, for tokens. */
@Component
class CodeGrants {
    private final AuthorizationCodes codes;
    private final UserGrants userGrants;
    private final Users users;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    CodeGrants(
            AuthorizationCodes codes,
            UserGrants userGrants,
            Users users,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.codes = codes;
        this.userGrants = userGrants;
        this.users = users;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    private record Outcome(
            @Nullable Granted granted,
            @Nullable OAuthError error,
            @Nullable UserId user) {
        static Outcome refused(OAuthError error, @Nullable UserId user) {
            return new Outcome(null, error, user);
        }
    }

    /**
     * Whatever is wrong with it, a code that was shown is used up.
     *
     * @param key what the tokens are to be bound to; null for bearer tokens
     */
    Granted redeem(Caller caller, Fields fields, @Nullable String key) {
        var code = fields.required("code");
        var redirectUri = fields.text("redirect_uri");
        var verifier = fields.text("code_verifier");
        var outcome = Objects.requireNonNull(transactions.execute(
                _ -> switch (codes.redeem(caller.tenant(), caller.client().id(), code)) {
                    case Redeemed.Unknown() -> Outcome.refused(OAuthError.INVALID_CODE, null);
                    case Redeemed.Reused(var user) -> Outcome.refused(OAuthError.INVALID_CODE, user);
                    case Redeemed.Good good -> judge(caller, good, redirectUri, verifier, key);
                }));
        var granted = outcome.granted();
        if (granted != null) return granted;
        var error = Objects.requireNonNull(outcome.error());
        events.publishEvent(new GrantRefused(caller, outcome.user(), GrantType.AUTHORIZATION_CODE, error.sentence()));
        throw new OAuthRefused(error);
    }

    private Outcome judge(
            Caller caller,
            Redeemed.Good good,
            @Nullable String redirectUri,
            @Nullable String verifier,
            @Nullable String key) {
        var asked = good.session();
        if (!good.terms().redirectUri().equals(redirectUri))
            return Outcome.refused(OAuthError.WRONG_REDIRECT_URI, asked.user());
        if (!isVerified(good.terms(), verifier, caller))
            return Outcome.refused(OAuthError.WRONG_VERIFIER, asked.user());
        if (asked.key() != null && !asked.key().equals(key))
            return Outcome.refused(OAuthError.INVALID_DPOP_PROOF, asked.user());
        var user = users.find(caller.tenant(), asked.user()).filter(found -> !found.blocked());
        if (user.isEmpty()) return Outcome.refused(OAuthError.USER_GONE, asked.user());
        var session = new Session(
                asked.tenant(),
                asked.user(),
                asked.stamp(),
                asked.client(),
                asked.audience(),
                asked.scopes(),
                asked.amr(),
                asked.authTime(),
                key,
                asked.claims());
        userGrants.report(caller, session, GrantType.AUTHORIZATION_CODE);
        var offline = userGrants.offline(caller, session, good.family());
        return new Outcome(
                new Granted(session, user.get(), offline, good.terms().nonce(), null), null, null);
    }

    /** RFC 7636 section 4.6. A client without a secret has nothing else to show, so it must show this. */
    private static boolean isVerified(Terms terms, @Nullable String verifier, Caller caller) {
        var challenge = terms.codeChallenge();
        // A verifier for a code that was asked for without one: somebody swapped codes (RFC 9700 section 4.8.2).
        if (challenge == null) return verifier == null && caller.client().confidential();
        return verifier != null
                && MessageDigest.isEqual(s256(verifier).getBytes(US_ASCII), challenge.getBytes(US_ASCII));
    }

    private static String s256(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }
}
