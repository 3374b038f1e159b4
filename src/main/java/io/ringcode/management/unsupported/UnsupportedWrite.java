package io.ringcode.management.unsupported;

import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.IgnoreUnknown;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.unsupported.UnsupportedResource.EmptyAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * A write to an unsupported resource, as the deploy tool makes it while it imports a tenant's whole file. It keeps nothing and
 * does not end the import; the answer tells what holds instead.
 *
 * @param path below {@code /api/v2}
 */
public record UnsupportedWrite(RequestMethod method, String path, String scope, Told told) {
    /** What the answer says of what was sent. */
    public sealed interface Told {
        /** The settings as they are and stay. */
        record Unchanged(Map<String, Object> members) implements Told {}

        /** A name, which the deploy tool prints, with the reason after it. */
        record NotMade(String reason) implements Told {}

        record NotKept(String reason) implements Told {}
    }

    public static final List<UnsupportedWrite> ALL = Stream.concat(
                    attackProtection(),
                    Stream.of(
                            provider("apns"),
                            provider("fcm"),
                            provider("sns"),
                            new UnsupportedWrite(
                                    RequestMethod.POST,
                                    "roles",
                                    "read:roles",
                                    new Told.NotMade("this server has no roles"))))
            .toList();

    private static Stream<UnsupportedWrite> attackProtection() {
        return UnsupportedResource.ALL.stream()
                .filter(resource -> resource.path().startsWith("attack-protection/"))
                .flatMap(resource -> resource.answer() instanceof EmptyAnswer.Settings(var members)
                        ? Stream.of(new UnsupportedWrite(
                                RequestMethod.PATCH,
                                resource.path(),
                                "update:attack_protection",
                                new Told.Unchanged(members)))
                        : Stream.empty());
    }

    private static UnsupportedWrite provider(String name) {
        return new UnsupportedWrite(
                RequestMethod.PUT,
                "guardian/factors/push-notification/providers/" + name,
                "update:guardian_factors",
                new Told.NotKept("This server sends no push notifications"));
    }

    /** What was sent: a whole resource of Auth0's, of which only the name is told back. */
    @IgnoreUnknown
    record Sent(@Nullable @Length(min = 1, max = 200) String name) implements JsonBody {}

    @ResponseBody
    Map<String, Object> answer(Sent body) {
        return switch (told) {
            case Told.Unchanged(var members) -> members;
            case Told.NotMade(var reason) -> {
                if (body.name() == null) throw InvalidBody.on("name", "Missing required property: name");
                yield Map.of("name", body.name() + " (not kept: " + reason + ")");
            }
            case Told.NotKept(var reason) -> Map.of("message", "Not kept: " + reason);
        };
    }
}
