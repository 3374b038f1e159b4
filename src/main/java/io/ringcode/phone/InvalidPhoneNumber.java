package io.ringcode.phone;

/** Not a number that could exist. Says nothing of the digits. */
public final class InvalidPhoneNumber extends IllegalArgumentException {
    public InvalidPhoneNumber() {
        super("Not a possible phone number in E.164 form");
    }
}
