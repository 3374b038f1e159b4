package io.ringcode.action;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code that was checked and whose dependencies are installed, ready to be saved.
 *
 * @param lock null where nothing was to be installed
 */
public record Draft(
        String code,
        Map<String, String> dependencies,
        @Nullable String lock) {
    @Override
    public String toString() {
        return "Draft[" + dependencies.keySet() + "]";
    }
}
