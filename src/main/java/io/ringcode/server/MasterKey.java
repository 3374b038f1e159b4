package io.ringcode.server;

/** The 32 bytes that every other key is derived from. */
public record MasterKey(byte[] bytes) {
    @Override
    public String toString() {
        return "MasterKey[•••]";
    }
}
