package io.ringcode.user;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Slow hashes for what people choose: Argon2id, 19 MiB and two passes (OWASP Password Storage Cheat Sheet). As many run
 * at once as there are processors, so that a flood of logins cannot take all memory.
 */
@Component
class Passwords {
    private static final long PATIENCE_SECONDS = 10;

    /** What the password of a user who is not there is compared with: of the same cost, and nobody's. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=19456,t=2,p=1$5WoejzaBYyXzO12do1u6jg$+romgDAd9aMA8Rl9uHS/NUjoLaO3vU/QAlR5BMg7XT8";

    private static final String OURS = "$argon2id$v=19$m=19456,t=2,p=1$";

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    String hash(String password) {
        return inTurn(() -> argon2.encode(password));
    }

    /**
     * Takes the same time for a user who is not there, or has no password: {@code stored} null. A hash from elsewhere
     * takes its own time, until the user's first sign-in replaces it.
     */
    boolean matches(String password, @Nullable String stored) {
        var right = inTurn(() -> stored != null && KnownHash.isBcrypt(stored)
                ? bcrypt.matches(password, stored)
                : argon2.matches(password, stored == null ? NOBODYS : stored));
        return right && stored != null;
    }

    /** Whether a hash was made elsewhere, or at another cost than ours. */
    boolean isForeign(String stored) {
        return !stored.startsWith(OURS);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new TooBusy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
