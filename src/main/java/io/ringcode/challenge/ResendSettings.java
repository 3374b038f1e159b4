package io.ringcode.challenge;

/**
 * Whether asking again sends the same code, so that late and out-of-order messages do no harm, or a new one each time.
 */
public record ResendSettings(boolean newCode) {
    public static final String NAME = "ringcode/resend";
    public static final ResendSettings DEFAULT = new ResendSettings(false);
}
