package io.ringcode.login;

import io.ringcode.TestTenant;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A browser without eyes: keeps cookies, follows the server's own redirects, and stops where it is sent elsewhere. */
public final class Browser {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern REFRESH = Pattern.compile("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"");

    private final TestTenant tenant;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> followed = new ArrayList<>();
    public final Map<String, String> cookies = new LinkedHashMap<>();

    public Browser(TestTenant tenant) {
        this.tenant = tenant;
    }

    public Browser speaking(String languages) {
        headers.put("Accept-Language", languages);
        return this;
    }

    public Browser without(String header) {
        headers.remove(header);
        return this;
    }

    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /**
     * Where the browser came to rest.
     *
     * @param address of this server, from the path on; or whole, where the browser was sent elsewhere
     */
    public record Place(int status, String address, String html, HttpResponse<String> whole) {
        /** The screen's name; the whole path where it is no screen. */
        public String screen() {
            var path = address.replaceFirst("\\?.*", "");
            return path.startsWith("/u/") ? path.substring(3) : path;
        }

        public String state() {
            return parameter("state");
        }

        /** The value of a hidden field, as it is written in the page. */
        public String field(String name) {
            var found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(html);
            return found.find() ? found.group(1) : "";
        }

        /** A parameter of the query or the fragment; empty where it is not there. */
        public String parameter(String name) {
            for (var pair : address.replaceFirst("^[^?#]*[?#]", "").split("&", -1))
                if (pair.startsWith(name + "="))
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            return "";
        }
    }

    public Place open(String path) {
        return follow(path, request(path).GET().build());
    }

    /** The answer to a request itself: where it leads is its address, and nobody goes there. */
    public Place ask(String path) {
        var response = exchange(request(path).GET().build());
        keep(response);
        var at = response.headers().firstValue("Location").orElse(path);
        return new Place(response.statusCode(), at, response.body(), response);
    }

    /** Sends the form of a page. */
    public Place send(Place page, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2)
            body.append(i == 0 ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        return post("/u/" + page.screen() + "?state=" + page.state(), body.toString());
    }

    public Place post(String path, String body) {
        var request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        return follow(path, request);
    }

    /** The answers on the way to the last place, such as {@code 303 GET}. */
    public List<String> followed() {
        return followed;
    }

    private Place follow(String path, HttpRequest request) {
        followed.clear();
        var at = path;
        var next = request;
        for (int hops = 0; hops < 10; hops++) {
            var response = exchange(next);
            keep(response);
            followed.add(response.statusCode() + " " + next.method());
            var location = response.headers().firstValue("Location").or(() -> refresh(response.body()));
            if (location.isEmpty()) return new Place(response.statusCode(), at, response.body(), response);
            at = location.get();
            if (!at.startsWith("/")) return new Place(response.statusCode(), at, response.body(), response);
            next = request(at).GET().build();
        }
        throw new AssertionError("The server redirects in a circle: " + at);
    }

    /** Where a page goes by itself. */
    private static Optional<String> refresh(String page) {
        var found = REFRESH.matcher(page);
        return found.find() ? Optional.of(found.group(1).replace("&amp;", "&")) : Optional.empty();
    }

    private HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tenant.server().port() + path))
                .header("Host", tenant.host());
        headers.forEach(builder::header);
        if (!cookies.isEmpty()) {
            var all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            builder.header("Cookie", all.toString());
        }
        return builder;
    }

    /** How a cookie was set, with its attributes; empty where it was not. */
    public String setCookie(String name) {
        return attributes.getOrDefault(name, "");
    }

    private void keep(HttpResponse<String> response) {
        for (var cookie : response.headers().allValues("Set-Cookie")) {
            attributes.put(cookie.split("=", 2)[0], cookie);
            var pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) cookies.remove(pair[0]);
            else cookies.put(pair[0], pair[1]);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            tenant.server().settle(request);
            return response;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
