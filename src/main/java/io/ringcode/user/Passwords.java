package io.ringcode.user;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Slow hashes for what people choose: Argon2id, 19 MiB and two passes (OWASP Password Storage Cheat Sheet). As many run
 * at once as there are processors, so that a flood of logins cannot take all memory.
 */
@Component
class Passwords {
    private static final long PATIENCE_SECONDS = 10;

    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final String nobodys = argon2.encode("nobody's password");

    String hash(String password) {
        return inTurn(() -> argon2.encode(password));
    }

    /** Takes the same time for a user who is not there, or has no password: {@code stored} null. */
    boolean matches(String password, @Nullable String stored) {
        var right = inTurn(() -> argon2.matches(password, stored == null ? nobodys : stored));
        return right && stored != null;
    }

    private <T> T inTurn(java.util.function.Supplier<T> work) {
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
