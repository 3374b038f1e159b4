package io.ringcode.action;

import io.ringcode.action.ScriptRefused.Reason;
import io.ringcode.action.Version.Status;
import io.ringcode.action.node.InstallFailed;
import io.ringcode.action.node.NoNode;
import io.ringcode.action.node.NodeRuntime;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final Pattern PACKAGE = Pattern.compile("(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*");

    /** A version, a range or a tag. Without colon or slash, so no address, repository, file or alias. */
    private static final Pattern RANGE = Pattern.compile("[A-Za-z0-9.+^~*<>=| -]{1,100}");

    private final NodeRuntime node;
    private final Clock clock;
    private final Map<Running, Progress> builds = new ConcurrentHashMap<>();

    Builds(NodeRuntime node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * A build on this server.
     *
     * @param what the script's name
     * @param dependencies package names and version ranges
     */
    public record Running(TenantId tenant, String what, Map<String, String> dependencies, Instant since) {}

    /**
     * How far a build is, or how it ended.
     *
     * @param message in a few words; npm's where it failed
     * @param until null while it is under way
     */
    public record Progress(
            Running build,
            Status status,
            String message,
            @Nullable Instant until) {
        boolean endedBefore(Instant moment) {
            return until != null && until.isBefore(moment);
        }
    }

    /** The tenant's builds on this server, longest ago first: those under way, and each script's last one of a quarter of an hour. */
    public List<Progress> progress(TenantId tenant) {
        var oldest = clock.instant().minus(REMEMBERED);
        return builds.values().stream()
                .filter(progress -> progress.build().tenant().equals(tenant) && !progress.endedBefore(oldest))
                .sorted(Comparator.comparing(progress -> progress.build().since()))
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
        var build = new Running(tenant, name, Map.copyOf(dependencies), clock.instant());
        forget(build);
        builds.put(build, new Progress(build, Status.BUILDING, "npm is looking for the dependencies", null));
        try {
            var lock = node.install(dependencies, progress -> {
                builds.put(build, new Progress(build, Status.BUILDING, progress, null));
                told.accept(progress);
            });
            end(build, Status.BUILT, "");
            return lock;
        } catch (NoNode missing) {
            throw refused(build, Reason.MACHINE, missing);
        } catch (InstallFailed failed) {
            throw refused(build, Reason.DEPENDENCIES, failed);
        } catch (RuntimeException broken) {
            builds.remove(build);
            throw broken;
        }
    }

    private ScriptRefused refused(Running build, Reason reason, Exception why) {
        var sentence = String.valueOf(why.getMessage());
        end(build, Status.FAILED, sentence);
        return new ScriptRefused(reason, sentence);
    }

    private void end(Running build, Status status, String message) {
        builds.put(build, new Progress(build, status, message, clock.instant()));
    }

    /** What ended of the same script before, and of all others too long ago. */
    private void forget(Running next) {
        var oldest = clock.instant().minus(REMEMBERED);
        builds.values()
                .removeIf(old -> old.endedBefore(oldest)
                        || (old.until() != null
                                && old.build().tenant().equals(next.tenant())
                                && old.build().what().equals(next.what())));
    }
}
