package io.ringcode.upkeep;

/** Something that piles up unless it is seen to now and then. */
public interface Chore {
    /** Called every minute, on every server. One that fails is called again like the others. */
    void run();
}
