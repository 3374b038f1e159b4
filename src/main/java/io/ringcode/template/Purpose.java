package io.ringcode.template;

/** Why a code is sent: to bind a phone for the first time, or to sign in with one that is bound. */
public enum Purpose {
    ENROLLMENT,
    VERIFICATION
}
