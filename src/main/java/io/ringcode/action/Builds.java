package io.ringcode.action;

import io.ringcode.action.ScriptRefused.Reason;
import io.ringcode.action.node.InstallFailed;
import io.ringcode.action.node.NoNode;
import io.ringcode.action.node.NodeRuntime;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes code ready to run: checks its syntax and installs what it requires, once per set of dependencies and script. */
@Component
public class Builds {
    /** Bytes of code, as Auth0 limits it. */
    public static final int LONGEST_CODE = 100_000;

    private static final int MOST_DEPENDENCIES = 50;
    private static final Pattern PACKAGE = Pattern.compile("(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*");

    /** A version, a range or a tag. Without colon or slash, so no address, repository, file or alias. */
    private static final Pattern RANGE = Pattern.compile("[A-Za-z0-9.+^~*<>=| -]{1,100}");

    private final NodeRuntime node;
    private final Clock clock;
    private final Map<Running, String> running = new ConcurrentHashMap<>();

    Builds(NodeRuntime node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** A build on this server. @param what the script's name */
    public record Running(TenantId tenant, String what, Instant since) {}

    /** How far a build is, in a few words. */
    public record Progress(Running build, String message) {}

    /** The tenant's builds on this server, longest first. */
    public List<Progress> progress(TenantId tenant) {
        return running.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Running::since)))
                .map(entry -> new Progress(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Runs npm, so it may take minutes and must not be called inside a transaction.
     *
     * @param before the version whose lock is kept where the dependencies are the same; null for none
     */
    public Draft build(
            TenantId tenant, String name, String code, Map<String, String> dependencies, @Nullable Version before)
            throws ScriptRefused {
        check(code, dependencies);
        if (dependencies.isEmpty()) return new Draft(code, dependencies, null);
        if (before != null && before.lock() != null && before.dependencies().equals(dependencies))
            return new Draft(code, dependencies, before.lock());
        return new Draft(code, dependencies, install(tenant, name, dependencies, _ -> {}));
    }

    /** Without running or installing anything. */
    public void check(String code, Map<String, String> dependencies) throws ScriptRefused {
        if (dependencies.size() > MOST_DEPENDENCIES)
            throw new ScriptRefused(
                    Reason.DEPENDENCIES, "There may be " + MOST_DEPENDENCIES + " dependencies at most.");
        for (var dependency : dependencies.entrySet()) check(dependency.getKey(), dependency.getValue());
        try {
            var problem = node.check(code);
            if (problem.isPresent())
                throw new ScriptRefused(
                        Reason.SYNTAX,
                        "The script does not compile: " + problem.get().message()
                                + (problem.get().line() > 0
                                        ? ", line " + problem.get().line()
                                        : "") + ".");
        } catch (NoNode missing) {
            throw new ScriptRefused(Reason.MACHINE, String.valueOf(missing.getMessage()));
        }
    }

    private static void check(String name, String range) throws ScriptRefused {
        if (name.length() > 214 || !PACKAGE.matcher(name).matches())
            throw new ScriptRefused(Reason.DEPENDENCIES, "A dependency's name is not that of an npm package.");
        if (!RANGE.matcher(range).matches())
            throw new ScriptRefused(
                    Reason.DEPENDENCIES,
                    "The version of the dependency " + name + " must be one of the registry, such as 1.2.3 or ^1.2.");
    }

    /** @return npm's lock file */
    String install(TenantId tenant, String name, Map<String, String> dependencies, Consumer<String> told)
            throws ScriptRefused {
        var build = new Running(tenant, name, clock.instant());
        running.put(build, "npm is looking for the dependencies");
        try {
            return node.install(dependencies, progress -> {
                running.put(build, progress);
                told.accept(progress);
            });
        } catch (NoNode missing) {
            throw new ScriptRefused(Reason.MACHINE, String.valueOf(missing.getMessage()));
        } catch (InstallFailed failed) {
            throw new ScriptRefused(Reason.DEPENDENCIES, String.valueOf(failed.getMessage()));
        } finally {
            running.remove(build);
        }
    }
}
