package io.ringcode.template;

/** A template that would not make a message. Its message is one line for the administrator who wrote the template. */
public final class InvalidTemplate extends IllegalArgumentException {
    InvalidTemplate(String reason) {
        super(reason);
    }
}
