package io.ringcode.attack;

import io.ringcode.management.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes requests that are wrong in many ways, the same ones for the same seed. */
final class Garbage {
    private static final List<String> QUERIES = List.of(
            "",
            "per_page=0",
            "per_page=-1&page=0",
            "per_page=100&page=1000000",
            "take=0",
            "take=1&from=x",
            "from=",
            "page=99999999999",
            "include_totals=perhaps",
            "fields=,,&include_fields=false",
            "sort=x:9",
            "sort=:",
            "q=%22",
            "q=email:%28",
            "q=a:[b+TO",
            "a=%zz",
            "%",
            "a=%ff",
            "a=%00",
            "state=%F0%9F%98%80",
            "a;b;c",
            "&&&=&",
            "client_id=app&client_id=app",
            "state=" + "x".repeat(5000),
            "before=x&since=y&until=z",
            "since=9e99",
            "response_type=code&client_id=app&redirect_uri=%3A",
            "token=x",
            "ticket=%22",
            "email=%00",
            "name=a|b");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/json; charset=nonsense",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded;charset=nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=",
            "*/*",
            "application/*",
            "*",
            "nonsense",
            "",
            ";",
            "text/plain",
            "application/json, application/json",
            "application/scim+json",
            "application/x-ndjson");

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "{}",
            "[]",
            "null",
            "0",
            "\"x\"",
            "{\"a\":".repeat(600),
            "a=%zz",
            "%",
            "a=1&a=2",
            "=",
            "&",
            "state=%ff&action=%00",
            "\u00ff\u00fe\u0000",
            "--x\r\n\r\n--x--",
            "--x\r\nContent-Disposition: form-data\r\n\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"users\"; filename=\"u\"\r\n\r\n[{}]\r\n--x--\r\n",
            "{\"\\ud800\":\"\\u0000\"}",
            "[[[[[[]]]]]]",
            "x".repeat(20_000),
            "{\"a\":1}{\"b\":2}",
            "1e999999");

    private static final List<String> NAMES = List.of(
            "name",
            "email",
            "password",
            "scope",
            "client_id",
            "client_secret",
            "grant_type",
            "phone_number",
            "type",
            "user_id",
            "username",
            "mfa_token",
            "oob_code",
            "binding_code",
            "otp",
            "audience",
            "connection",
            "content",
            "configuration",
            "credentials",
            "delivery_methods",
            "strategy",
            "identifier",
            "scopes",
            "blocked",
            "message",
            "to",
            "routes",
            "script",
            "triggerId",
            "code",
            "supported_triggers",
            "bindings",
            "enabled",
            "provider",
            "authenticator_types",
            "oob_channels",
            "challenge_type",
            "state",
            "action",
            "id",
            "options",
            "user_metadata",
            "app_metadata",
            "syntax",
            "body",
            "text",
            "voice",
            "languages",
            "fields",
            "format",
            "secret",
            "payload");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"a\":null}",
            "\"{{ code }}\"",
            "\"{% if %}\"",
            "\"+14155550100\"",
            "\"a@b.c\"",
            "[\"sms\"]",
            "[{}]",
            "\"password\"",
            "\"http://[::1\"",
            "99999999999999999999",
            "\"" + "x".repeat(3000) + "\"");

    private static final List<String> HEADERS = List.of(
            "Accept: */*;q=2",
            "Accept: nonsense",
            "Accept: */",
            "Accept:",
            "Accept: text/html;q=a, */*;q=0.8",
            "Accept-Language: " + tags(40),
            "Accept-Language: de-DE;q=9, *;q=0.5, \u00ff",
            "Accept-Language: ,,;q",
            "Accept-Charset: nonsense",
            "Accept-Encoding: gzip;q=x, br",
            "Cookie: =;;; a=\"b; ringcode-browser=x",
            "Cookie: " + "c=d; ".repeat(500),
            "Authorization: Basic !!!",
            "Authorization: Bearer",
            "Authorization: Bearer \u00ff",
            "Authorization: DPoP x.y.z",
            "DPoP: {}",
            "Range: bytes=9-1",
            "If-Modified-Since: yesterday",
            "If-None-Match: \u0001",
            "Origin: null",
            "Origin: https://evil.example",
            "Origin: \u00e9://[",
            "Referer: \u00ff",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: cross-site",
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Expect: nonsense",
            "X-Forwarded-For: [::1",
            "Forwarded: for=\"",
            "X-HTTP-Method-Override: DELETE",
            "Upgrade: websocket",
            "HX-Request: true",
            "auth0-forwarded-for: x",
            "x-request-language: " + tags(12),
            "Access-Control-Request-Method: NONSENSE\r\nOrigin: https://a.example",
            "User-Agent: " + "\u00ff".repeat(600),
            "Last-Event-ID: x",
            "Host: \u00e9.example",
            "Host: [::1]:x",
            "Host: a:99999");

    private final Random random;
    private final List<Endpoint> endpoints;
    private final List<String> ids;

    Garbage(long seed, List<Endpoint> endpoints, List<String> ids) {
        this.random = new Random(seed);
        this.endpoints = endpoints;
        this.ids = ids;
    }

    private static String tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "de-A" + (char) ('A' + i % 26))
                .collect(Collectors.joining(", "));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean sometimes(int inAHundred) {
        return random.nextInt(100) < inAHundred;
    }

    /** @param callers headers by which somebody is known, by what they open */
    String request(String host, Map<String, String> callers) {
        var endpoint = one(endpoints);
        var method = sometimes(85)
                ? endpoint.method().name()
                : one(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND"));
        var request = new StringBuilder(method).append(' ').append(path(endpoint.path()));
        if (sometimes(60)) request.append('?').append(one(QUERIES));
        request.append(" HTTP/1.1\r\nConnection: close\r\n");
        var headers = new StringBuilder();
        for (int more = random.nextInt(3); more > 0; more--)
            headers.append(one(HEADERS)).append("\r\n");
        if (headers.indexOf("Host:") < 0) request.append("Host: ").append(host).append("\r\n");
        request.append(headers);
        var caller = callers.entrySet().stream()
                .filter(known -> endpoint.path().startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (caller.isPresent() && sometimes(80) && headers.indexOf("Authorization") < 0)
            request.append(caller.get()).append("\r\n");
        var body = method.equals("GET") && sometimes(90) ? "" : body();
        if (!body.isEmpty() || sometimes(20)) {
            request.append("Content-Type: ")
                    .append(sometimes(60) ? TYPES.getFirst() : one(TYPES))
                    .append("\r\n");
            if (headers.indexOf("Content-Length") < 0)
                request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    private String path(String pattern) {
        var path = pattern.replace("**", "x");
        while (path.contains("{")) {
            var id = sometimes(50) ? one(ids) : one(List.of("x", "%00", "%2F", "..", "%ff", "%zz", "a|b", "%7C", "-1"));
            path = path.replaceFirst("\\{[^}]*}", java.util.regex.Matcher.quoteReplacement(id));
        }
        return path;
    }

    private String body() {
        if (sometimes(40)) return one(BODIES);
        if (sometimes(15))
            return IntStream.range(0, 3)
                    .mapToObj(_ -> one(NAMES) + "=" + one(List.of("x", "", "%zz", "+1", "%F0%9F")))
                    .collect(Collectors.joining("&"));
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> "\"" + one(NAMES) + "\":" + one(VALUES))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
