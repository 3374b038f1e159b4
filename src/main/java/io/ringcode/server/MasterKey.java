package io.ringcode.server;

/** The 32 bytes that every other key is derived from. */
public final class MasterKey {
    private final byte[] bytes;

    public MasterKey(byte[] bytes) {
        if (bytes.length != 32) throw new IllegalArgumentException("A master key has 32 bytes");
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "MasterKey[•••]";
    }
}
