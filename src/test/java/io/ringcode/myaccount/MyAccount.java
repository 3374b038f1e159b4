package io.ringcode.myaccount;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.management.Admin;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The My Account API of a tenant, as an application that uses it. */
public final class MyAccount {
    static final String METHODS = "/me/v1/authentication-methods";
    static final List<String> SCOPES = Stream.of("create", "read", "update", "delete")
            .map(verb -> verb + ":me:authentication_methods")
            .toList();

    private final TestTenant tenant;
    private final Admin admin;

    private MyAccount(TestTenant tenant, Admin admin) {
        this.tenant = tenant;
        this.admin = admin;
    }

    Admin admin() {
        return admin;
    }

    static String allScopes() {
        return String.join(" ", SCOPES) + " read:me:factors";
    }

    /** Switched on, and granted to the tenant's application. */
    static MyAccount activated(TestTenant tenant) {
        return activated(tenant, Admin.of(tenant));
    }

    public static MyAccount activated(TestTenant tenant, Admin admin) {
        var account = new MyAccount(tenant, admin);
        var made = admin.post("/resource-servers", Map.of("identifier", account.audience()));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        var granted = admin.post("/client-grants", account.grant());
        assertThat(granted.status()).as(granted.body().toString()).isEqualTo(201);
        return account;
    }

    Map<String, Object> grant() {
        return Map.of(
                "client_id",
                tenant.clientId(),
                "audience",
                audience(),
                "subject_type",
                "user",
                "scope",
                List.of(allScopes().split(" ")));
    }

    String audience() {
        return tenant.issuer() + "me/";
    }

    /** By the password and, where one is bound, the phone. */
    public String token(Person person, @Nullable String number) {
        return token(person, number, allScopes());
    }

    String token(Person person, @Nullable String number, String scope) {
        var answer = signIn(person, number, scope);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.text("access_token");
    }

    Answer signIn(Person person, @Nullable String number, String scope) {
        var first = tenant.signIn(person, "audience", audience(), "scope", scope);
        if (number == null) return first;
        var login = first.text("mfa_token");
        var started = tenant.challenge(login);
        return tenant.verify(login, started.text("oob_code"), tenant.code(number));
    }

    Answer get(String token, String path) {
        return tenant.send(tenant.request(encoded(path), token).GET());
    }

    Answer call(String method, String token, String path, Object body) {
        var text = body instanceof String json
                ? json.replace('\'', '"')
                : JsonMapper.shared().writeValueAsString(body);
        return tenant.send(tenant.request(encoded(path), token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(text)));
    }

    Answer post(String token, String path, Object body) {
        return call("POST", token, path, body);
    }

    Answer delete(String token, String path) {
        return tenant.send(tenant.request(encoded(path), token).DELETE());
    }

    /** Begun and confirmed at once, by what {@code proof} makes of what was told. */
    Answer verify(String token, Answer begun, String member, Object proof) {
        return post(
                token, location(begun) + "/verify", Map.of("auth_session", begun.text("auth_session"), member, proof));
    }

    /** Of an answer, without its origin. */
    String location(Answer answer) {
        var address = answer.whole().headers().firstValue("Location").orElse("");
        assertThat(address).startsWith(tenant.issuer() + "me/v1/");
        return address.substring(tenant.issuer().length() - 1);
    }

    List<String> types(String token) {
        return get(token, METHODS)
                .body()
                .path("authentication_methods")
                .valueStream()
                .map(method -> method.path("type").asString())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    String idOf(String token, String type) {
        return get(token, METHODS + "?type=" + type)
                .body()
                .path("authentication_methods")
                .path(0)
                .path("id")
                .asString();
    }

    private static String encoded(String path) {
        return path.replace("|", "%7C");
    }

    /** Code and status of a refusal; its shape is looked at. */
    static String refusal(Answer answer) {
        var body = answer.body();
        assertThat(body.path("status").asInt()).as(body.toString()).isEqualTo(answer.status());
        assertThat(body.path("title").asString()).isNotEmpty();
        assertThat(body.path("detail").asString()).isNotEmpty();
        assertThat(body.path("type").asString()).startsWith("https://auth0.com/api-errors#");
        return body.path("type").asString().substring("https://auth0.com/api-errors#".length());
    }
}
