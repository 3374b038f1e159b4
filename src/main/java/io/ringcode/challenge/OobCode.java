package io.ringcode.challenge;

/** The handle of a message in flight ({@code oob_code}): opaque to callers, sealed so that only this server makes them. */
public record OobCode(String value) {
    @Override
    public String toString() {
        return "OobCode[•••]";
    }
}
