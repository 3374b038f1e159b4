package io.ringcode.action.node;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker runs, and nothing else in its life.
 *
 * @param owner workers are never shared between owners
 * @param name of the script and its version; with the owner, it tells programs apart
 * @param entry the exported function to call; null where the script exports nothing but that function
 * @param modules a folder of installed packages; null where the script declares none
 */
public record Program(
        String owner,
        String name,
        String code,
        @Nullable String entry,
        @Nullable Path modules) {
    record Key(String owner, String name) {}

    Key key() {
        return new Key(owner, name);
    }

    List<Path> readable() {
        return modules == null ? List.of() : List.of(modules);
    }

    @Override
    public String toString() {
        return "Program[" + owner + ", " + name + "]";
    }
}
