package io.ringcode.log.stream;

/** A system did not take what it was sent. The message is for an administrator, and has no secret in it. */
final class StreamFailed extends Exception {
    private static final int LONGEST = 200;

    StreamFailed(String message) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) : message, null, false, false);
    }
}
