package io.ringcode.reference;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which call of Auth0's SDK for Node makes which request, as {@code sdk-calls.txt} says, which is made from the SDK. */
final class SdkCalls {
    private static final Map<String, Call> CALLS = read();

    /** @param name after the client, such as {@code users.create} */
    record Call(String name, boolean takesBody) {}

    private SdkCalls() {}

    /** @return null where the SDK has none */
    static @Nullable Call of(String method, String path) {
        return CALLS.get(method + " " + withoutNames(path.replaceFirst("^/api/v2", "")));
    }

    /** The SDK names the variables of paths in its own way. */
    private static String withoutNames(String path) {
        return path.replaceAll("\\{[^}]+}", "{}");
    }

    private static Map<String, Call> read() {
        var calls = new HashMap<String, Call>();
        for (var line : Resources.lines("sdk-calls.txt")) {
            var parts = line.split("\\s*\\|\\s*", -1);
            calls.put(parts[0], new Call(parts[1], parts[2].endsWith("request")));
        }
        return calls;
    }
}
