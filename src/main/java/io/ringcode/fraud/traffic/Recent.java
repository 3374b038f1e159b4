package io.ringcode.fraud.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A map that forgets what was used the longest ago once it is full. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private final int most;
    private final BiConsumer<K, V> forgotten;

    Recent(int most) {
        this(most, (_, _) -> {});
    }

    Recent(int most, BiConsumer<K, V> forgotten) {
        super(16, 0.75f, true);
        this.most = most;
        this.forgotten = forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= most) return false;
        forgotten.accept(eldest.getKey(), eldest.getValue());
        return true;
    }
}
