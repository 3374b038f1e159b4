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

    /** Forgets all but so many. */
    void keep(int most) {
        var oldest = entrySet().iterator();
        for (int more = size() - most; more > 0; more--) {
            var one = oldest.next();
            forgotten.accept(one.getKey(), one.getValue());
            oldest.remove();
        }
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= most) return false;
        forgotten.accept(eldest.getKey(), eldest.getValue());
        return true;
    }
}
