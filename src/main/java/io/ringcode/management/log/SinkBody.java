package io.ringcode.management.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.log.stream.Sink;
import io.ringcode.log.stream.Sink.ContentFormat;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a log stream leads to, as it is sent and shown: the members of its type, in Auth0's names. {@code httpSigningSecret},
 * {@code otlp…} and {@code syslog…} are Ringcode's own.
 */
public record SinkBody(
        @Nullable @NullAllowed @JsonProperty("httpEndpoint") @Length(min = 1, max = 2048)
        String httpEndpoint,

        @Nullable @NullAllowed @JsonProperty("httpAuthorization") @Length(max = 4096)
        String httpAuthorization,

        @Nullable
        @NullAllowed
        @JsonProperty("httpContentType")
        @Matches("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}(;[ -~]{1,100})?")
        String httpContentType,

        @Nullable @NullAllowed @JsonProperty("httpContentFormat") @OneOf({"JSONLINES", "JSONARRAY", "JSONOBJECT"})
        String httpContentFormat,

        @Nullable @NullAllowed @JsonProperty("httpCustomHeaders") @Items(max = 20)
        List<HeaderBody> httpCustomHeaders,

        @Nullable @NullAllowed @JsonProperty("httpSigningSecret") @Length(max = 200)
        String httpSigningSecret,

        @Nullable @NullAllowed @JsonProperty("splunkDomain") @Length(min = 1, max = 253)
        String splunkDomain,

        @Nullable @NullAllowed @JsonProperty("splunkPort") @Matches("[0-9]{1,5}")
        String splunkPort,

        @Nullable @NullAllowed @JsonProperty("splunkToken") @Length(min = 1, max = 500)
        String splunkToken,

        @Nullable @NullAllowed @JsonProperty("splunkSecure") Boolean splunkSecure,

        @Nullable @NullAllowed @JsonProperty("datadogApiKey") @Length(min = 1, max = 500)
        String datadogApiKey,

        @Nullable @NullAllowed @JsonProperty("datadogRegion") @OneOf({"us", "eu", "us3", "us5"})
        String datadogRegion,

        @Nullable @NullAllowed @JsonProperty("sumoSourceAddress") @Length(min = 1, max = 2048)
        String sumoSourceAddress,

        @Nullable @NullAllowed @JsonProperty("otlpEndpoint") @Length(min = 1, max = 2048)
        String otlpEndpoint,

        @Nullable @NullAllowed @JsonProperty("otlpHeaders") @Items(max = 20)
        List<HeaderBody> otlpHeaders,

        @Nullable @NullAllowed @JsonProperty("syslogHost") @Length(min = 1, max = 253)
        String syslogHost,

        @Nullable @NullAllowed @JsonProperty("syslogPort") @Matches("[0-9]{1,5}")
        String syslogPort,

        @Nullable @NullAllowed @JsonProperty("syslogSecure") Boolean syslogSecure)
        implements JsonBody {
    /** Says where a request ends, whom it is for, or by whom it is signed. A second one would be read as another request. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "content-type",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]{32,86}={0,2}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,253}");

    public record HeaderBody(
            @Matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}") String header,
            @Matches("[ -~]{0,4096}") String value) implements JsonBody, JsonAnswer {}

    /**
     * @param newSecret for a webhook that names none
     * @throws InvalidBody when a member that the type needs is missing, or is none
     */
    Sink sink(String type, Supplier<String> newSecret) {
        return switch (type) {
            case "http" ->
                new Sink.Http(
                        address("httpEndpoint", httpEndpoint),
                        httpAuthorization == null || httpAuthorization.isEmpty()
                                ? null
                                : printable("httpAuthorization", httpAuthorization),
                        httpContentType == null ? "application/json" : httpContentType,
                        httpContentFormat == null ? ContentFormat.JSONLINES : ContentFormat.valueOf(httpContentFormat),
                        headers("httpCustomHeaders", httpCustomHeaders),
                        httpSigningSecret == null ? newSecret.get() : secret(httpSigningSecret));
            case "splunk" ->
                new Sink.Splunk(
                        host("splunkDomain", splunkDomain),
                        port("splunkPort", splunkPort),
                        printable("splunkToken", needed("splunkToken", splunkToken)),
                        needed("splunkSecure", splunkSecure));
            case "datadog" ->
                new Sink.Datadog(
                        printable("datadogApiKey", needed("datadogApiKey", datadogApiKey)),
                        Sink.Region.valueOf(
                                needed("datadogRegion", datadogRegion).toUpperCase(Locale.ROOT)));
            case "sumo" -> new Sink.Sumo(address("sumoSourceAddress", sumoSourceAddress));
            case "otlp" -> new Sink.Otlp(address("otlpEndpoint", otlpEndpoint), headers("otlpHeaders", otlpHeaders));
            case "syslog" ->
                new Sink.Syslog(
                        host("syslogHost", syslogHost),
                        port("syslogPort", syslogPort),
                        syslogSecure == null || syslogSecure);
            default -> throw new IllegalArgumentException("No type " + type);
        };
    }

    private static List<Sink.Header> headers(String name, @Nullable List<HeaderBody> headers) {
        if (headers == null) return List.of();
        for (var one : headers)
            if (RESERVED.contains(one.header().toLowerCase(Locale.ROOT)))
                throw InvalidBody.on(name, "The header " + one.header() + " is written by the server itself");
        return headers.stream()
                .map(one -> new Sink.Header(one.header(), one.value()))
                .toList();
    }

    private static <T> T needed(String name, @Nullable T value) {
        if (value == null) throw InvalidBody.on(name, "Missing required property: " + name);
        return value;
    }

    private static String printable(String name, String value) {
        if (!value.chars().allMatch(character -> character >= ' ' && character <= '~'))
            throw InvalidBody.on(name, "Must have printable ASCII characters only");
        return value;
    }

    private static String secret(String value) {
        if (!SECRET.matcher(value).matches())
            throw InvalidBody.on("httpSigningSecret", "Must be whsec_ and 24 to 64 bytes in base64");
        return value;
    }

    private static String host(String name, @Nullable String value) {
        var host = needed(name, value);
        if (!HOST.matcher(host).matches() || !isHost(host)) throw InvalidBody.on(name, "Must be the name of a host");
        return host;
    }

    /** Not every text of such letters is a host in an address: {@code -1} is none, nor is one with a port. */
    private static boolean isHost(String host) {
        try {
            return host.equals(new URI("https://" + host + ":1/").getHost());
        } catch (java.net.URISyntaxException unreadable) {
            return false;
        }
    }

    private static int port(String name, @Nullable String value) {
        var port = Integer.parseInt(needed(name, value));
        if (port < 1 || port > 65_535) throw InvalidBody.on(name, "Must be a port from 1 to 65535");
        return port;
    }

    private static String address(String name, @Nullable String value) {
        try {
            var address = new URI(needed(name, value));
            if (address.getHost() != null
                    && ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                    && address.getUserInfo() == null
                    && address.getPort() != 0) return address.toASCIIString();
        } catch (java.net.URISyntaxException unreadable) {
            // the same refusal
        }
        throw InvalidBody.on(name, "Must be an address that begins with https:// or http://");
    }
}
