package io.ringcode.management.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.log.stream.EventCategory;
import io.ringcode.log.stream.LogStream;
import io.ringcode.log.stream.PersonalData;
import io.ringcode.log.stream.PersonalData.Field;
import io.ringcode.log.stream.PersonalData.Method;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Log streams on the wire, in Auth0's shape. */
public final class LogStreamBodies {
    /** Those of Auth0's that need no partner's account, and two of Ringcode's own. */
    static final String TYPES = "http, splunk, datadog, sumo, otlp, syslog";

    public record Filter(
            @OneOf("category") String type,
            @Length(max = 64) String name) implements JsonBody, JsonAnswer {}

    /** @param algorithm taken as Auth0's clients send it; hashes are keyed all the same, so that nobody can try addresses */
    public record Hidden(
            @Items(max = 6, unique = true) @OneOf({"first_name", "last_name", "username", "email", "phone", "address"})
            List<String> logFields,

            @Nullable @OneOf({"hash", "mask"}) String method,
            @Nullable @OneOf("xxhash") String algorithm)
            implements JsonBody, JsonAnswer {
        PersonalData data() {
            return new PersonalData(
                    logFields.stream()
                            .map(name -> Field.ofWire(name).orElseThrow())
                            .collect(Collectors.toSet()),
                    method == null ? Method.HASH : Method.valueOf(method.toUpperCase(Locale.ROOT)));
        }

        static @Nullable Hidden of(@Nullable PersonalData data) {
            if (data == null) return null;
            return new Hidden(
                    data.fields().stream().map(Field::wire).sorted().toList(),
                    data.method().wire(),
                    null);
        }
    }

    /** @param startFrom ISO 8601; what was written since then is carried too */
    public record Created(
            @Nullable @Length(min = 1, max = 255) String name,
            @Length(max = 64) String type,
            SinkBody sink,
            @Nullable @Items(max = 30) List<Filter> filters,
            @Nullable Hidden piiConfig,
            @Nullable @JsonProperty("isPriority") Boolean priority,

            @Nullable @JsonProperty("startFrom") @Length(max = 64)
            String startFrom)
            implements JsonBody {
        public Created {
            if (!List.of(TYPES.split(", ")).contains(type))
                throw InvalidBody.on("type", "Log streams of this type are not supported; there are " + TYPES);
        }

        @Nullable
        Instant start() {
            try {
                return startFrom == null ? null : Instant.parse(startFrom);
            } catch (DateTimeParseException unreadable) {
                throw InvalidBody.on("startFrom", "Object didn't pass validation for format date-time");
            }
        }
    }

    public record Updated(
            @Nullable @Length(min = 1, max = 255) String name,
            @Nullable SinkBody sink,
            @Nullable @OneOf({"active", "paused"}) String status,
            @Nullable @Items(max = 30) List<Filter> filters,
            @NullAllowed Patch<Hidden> piiConfig,
            @Nullable @JsonProperty("isPriority") Boolean priority)
            implements JsonBody {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            String id,
            String name,
            String type,
            String status,
            ShownSink sink,
            @Nullable List<Filter> filters,
            @Nullable Hidden piiConfig,
            @JsonProperty("isPriority") boolean priority)
            implements JsonAnswer {
        static Shown of(LogStream stream) {
            var filters = stream.filters().stream()
                    .map(EventCategory::wire)
                    .sorted()
                    .map(name -> new Filter("category", name))
                    .toList();
            return new Shown(
                    stream.id(),
                    stream.name(),
                    stream.sink().type(),
                    stream.status().wire(),
                    ShownSink.of(stream.sink()),
                    filters.isEmpty() ? null : filters,
                    Hidden.of(stream.hidden()),
                    stream.priority());
        }
    }

    public record ShownFailure(IsoTime date, String message) implements JsonAnswer {}

    /** @param sentUntil the time of the last record that was taken */
    public record Health(
            String status,
            @Nullable IsoTime sentUntil,
            @Nullable IsoTime failingSince,
            List<ShownFailure> errors) implements JsonAnswer {
        static Health of(LogStream stream) {
            return new Health(
                    stream.status().wire(),
                    IsoTime.of(stream.sentUntil()),
                    IsoTime.of(stream.failingSince()),
                    stream.failures().stream()
                            .map(one -> new ShownFailure(new IsoTime(one.at()), one.message()))
                            .toList());
        }
    }

    static Set<EventCategory> categories(@Nullable List<Filter> filters) {
        if (filters == null) return Set.of();
        return filters.stream()
                .map(filter -> EventCategory.ofWire(filter.name())
                        .orElseThrow(() -> InvalidBody.on("filters", "There is no such category of events")))
                .collect(Collectors.toSet());
    }

    private LogStreamBodies() {}
}
