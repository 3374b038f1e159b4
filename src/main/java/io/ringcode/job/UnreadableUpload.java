package io.ringcode.job;

import java.io.IOException;

/** A file of users that is none. The message repeats nothing of it. */
public final class UnreadableUpload extends IOException {
    UnreadableUpload(String reason) {
        super(reason);
    }
}
