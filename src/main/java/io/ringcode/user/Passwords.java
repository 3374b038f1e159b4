package io.ringcode.user;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Slow hashes for what people choose: Argon2id at a {@link PasswordCost}. They run as {@link HashRoom} has room.
 */
@Component
public class Passwords {
    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

    /** What the password of a user who is not there is compared with: of the same cost, and nobody's. */
    private static final String NOBODYS = "5WoejzaBYyXzO12do1u6jg$+romgDAd9aMA8Rl9uHS/NUjoLaO3vU/QAlR5BMg7XT8";

    private final PasswordCost cost;
    private final String nobodys;
    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final Argon2PasswordEncoder argon2;
    private final HashRoom room = HashRoom.ofThisMachine();

    /** @param cost another one than OWASP's, if there is a bean */
    Passwords(ObjectProvider<PasswordCost> cost) {
        this.cost = cost.getIfAvailable(() -> PasswordCost.OWASP);
        this.nobodys = this.cost.prefix() + NOBODYS;
        this.argon2 = new Argon2PasswordEncoder(16, 32, 1, this.cost.kib(), this.cost.passes());
    }

    /** Whether a password is right, and in which way of writing it. */
    enum Match {
        WRONG,
        RIGHT,
        /** Its hash is of other bytes than the form's: it was stored before passwords had one. */
        RIGHT_AS_TYPED
    }

    /**
     * Takes a while, so it is made before the transaction that stores it: one that waits here would keep a connection to
     * the database that others need.
     *
     * @throws TooBusy when more are waiting than can be made soon
     */
    public PasswordHash hash(String password) {
        holdsNoConnection();
        var form = form(password);
        return new PasswordHash(room.inTurn(cost.kib(), () -> argon2.encode(form)));
    }

    private static void holdsNoConnection() {
        assert !TransactionSynchronizationManager.isActualTransactionActive() : "A password is hashed in a transaction";
    }

    /** The same password from every keyboard: some write a letter and its accent apart (RFC 8265 section 4.2, OpaqueString). */
    static String form(String password) {
        var blanks = new StringBuilder(password.length());
        password.codePoints()
                .map(character -> Character.getType(character) == Character.SPACE_SEPARATOR ? ' ' : character)
                .forEach(blanks::appendCodePoint);
        return Normalizer.normalize(blanks, Normalizer.Form.NFC);
    }

    /**
     * Takes the same time for a user who is not there, or has no password: {@code stored} null. A hash from elsewhere
     * takes its own time, until the user's first sign-in replaces it.
     */
    Match match(String password, @Nullable String stored) {
        holdsNoConnection();
        var form = form(password);
        if (matches(form, stored)) return Match.RIGHT;
        return !form.equals(password) && matches(password, stored) ? Match.RIGHT_AS_TYPED : Match.WRONG;
    }

    private boolean matches(String password, @Nullable String stored) {
        var compared = stored == null ? nobodys : stored;
        if (!KnownHash.is(compared)) {
            LOG.warn(
                    "A user's password hash costs more than this server's heap or a sign-in bears: it needs a new one");
            compared = nobodys;
        }
        var hash = compared;
        var right = room.inTurn(KnownHash.kib(hash), () -> compare(password, hash));
        return right && hash.equals(stored);
    }

    private boolean compare(String password, String hash) {
        if (KnownHash.isBcrypt(hash)) return bcrypt.matches(password, hash);
        return DigestHash.kib(hash).isPresent() ? DigestHash.matches(password, hash) : argon2.matches(password, hash);
    }

    /** Whether a hash was made elsewhere, or at another cost than ours. */
    boolean isForeign(String stored) {
        return !stored.startsWith(cost.prefix());
    }
}
