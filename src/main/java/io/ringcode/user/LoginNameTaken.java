package io.ringcode.user;

import org.springframework.dao.DuplicateKeyException;

/** A login name is another user's. Thrown before anything of the change is written. */
public final class LoginNameTaken extends DuplicateKeyException {
    LoginNameTaken() {
        super("The login name is another user's");
    }
}
