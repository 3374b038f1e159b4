package io.ringcode;

import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.MfaTokens;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.factor.Factors;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.RuleMode;
import io.ringcode.notice.NoticeKind;
import io.ringcode.notice.NoticeSettings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.PasswordHash;
import io.ringcode.user.Passwords;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One tenant of a server, as an application sees it. {@link #at} shows the same tenant on another node. */
public record TestTenant(Ringcode server, TenantId id, String host, String clientId, String clientSecret) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger NUMBERS = new AtomicInteger(1_000_000);
    private static final String OOB = GrantType.MFA_OOB.wire();

    public record Person(String email, String password, UserId id) {}

    /** What this tenant's tokens are issued by: the host as it is asked for, which names no port. */
    public String issuer() {
        return "http://" + host + "/";
    }

    /** Furnishes a tenant that is there already. */
    public static TestTenant prepare(Ringcode server, TenantId id, String host) {
        var tenant = new TestTenant(server, id, host, "app", "the-secret-of-the-application");
        tenant.client("app", tenant.clientSecret());
        var settings = server.bean(Tenants.class);
        var now = server.clock().instant();
        settings.set(
                id,
                Factors.FACTORS,
                new Factors.Switches(Map.of("sms", true, "otp", true, "recovery-code", true)),
                now);
        settings.set(id, Factors.MESSAGE_TYPES, new Factors.MessageTypes(List.of("sms", "voice")), now);
        // Tests of other things send as no people would; what is learned from it is told and does nothing.
        settings.set(id, FraudRules.NAME, FraudRules.DEFAULT.all(RuleMode.SHADOW), now);
        // Nor do they look for what else goes to their people's phones.
        var kinds = Arrays.stream(NoticeKind.values()).map(NoticeKind::wire).toList();
        settings.set(id, NoticeSettings.SETTING, new NoticeSettings(kinds), now);
        settings.set(id, Factors.POLICIES, new Factors.Policies(List.of("all-applications")), now);
        settings.set(id, SelectedProvider.SETTING, new SelectedProvider("twilio"), now);
        var twilio = Map.of(
                "sid", "AC00000000000000000000000000000000",
                "auth_token", "the-token-of-twilio",
                "default_from", "+14155550100");
        server.bean(CarrierAccounts.class)
                .save(id, server.bean(Carriers.class).form("twilio").orElseThrow(), Change.set(twilio));
        return tenant;
    }

    /** Its people are told from now on what is done to their accounts. */
    public TestTenant tellingOwners() {
        server.bean(Tenants.class)
                .set(
                        id,
                        NoticeSettings.SETTING,
                        NoticeSettings.ALL,
                        server.clock().instant());
        return this;
    }

    public TestTenant at(Ringcode otherNode) {
        return new TestTenant(otherNode, id, host, clientId, clientSecret);
    }

    public void client(String name, String secret) {
        var grants = Arrays.stream(GrantType.values()).map(GrantType::wire).collect(Collectors.toSet());
        var client = new Client(id, new ClientId(name), name, true, Set.copyOf(grants), List.of("https://app.example"));
        server.bean(Clients.class).create(client, secret, server.clock().instant());
    }

    /** Everybody's password. Making its hash takes longer than all else that a test person needs, so it is made once. */
    private static final String PASSWORD = "correct horse";

    private static volatile @Nullable PasswordHash passwordHash;

    private static PasswordHash passwordHash(Ringcode server) {
        var known = passwordHash;
        if (known == null) passwordHash = known = server.bean(Passwords.class).hash(PASSWORD);
        return known;
    }

    public Person person() {
        var email = "person-" + NUMBERS.incrementAndGet() + "@example.com";
        var user = server.bean(Users.class)
                .create(
                        id,
                        Connections.DEFAULT,
                        email,
                        "A Person",
                        passwordHash(server),
                        server.clock().instant());
        return new Person(email, PASSWORD, user);
    }

    /** A number that could exist and that no other test uses. */
    public static String newNumber() {
        return "+1415" + NUMBERS.incrementAndGet();
    }

    public Answer signIn(Person person, String... more) {
        return token("password", pairs(new String[] {"username", person.email(), "password", person.password()}, more));
    }

    /** A sign-in whose password was right, without the cost of checking it. */
    public String mfaToken(Person person, String... scopes) {
        var stamp = server.bean(Users.class).find(id, person.id()).orElseThrow().stamp();
        return server.bean(MfaTokens.class).issue(id, new ClientId(clientId), person.id(), stamp, null, Set.of(scopes));
    }

    public Answer associate(String mfaToken, String channel, String number) {
        return json(
                "/mfa/associate",
                mfaToken,
                Map.of(
                        "authenticator_types",
                        List.of("oob"),
                        "oob_channels",
                        List.of(channel),
                        "phone_number",
                        number));
    }

    /** A person with a confirmed phone. */
    public Person enrolled(String number) {
        var person = person();
        var login = mfaToken(person);
        var started = associate(login, "sms", number);
        var answer = verify(login, started.text("oob_code"), code(number));
        if (answer.status() != 200) throw new AssertionError("Not enrolled: " + started.body() + answer.body());
        return person;
    }

    public Answer challenge(String mfaToken, String... more) {
        var body = new HashMap<String, Object>(Map.of(
                "mfa_token", mfaToken, "client_id", clientId, "client_secret", clientSecret, "challenge_type", "oob"));
        for (int i = 0; i < more.length; i += 2) body.put(more[i], more[i + 1]);
        return json("/mfa/challenge", null, body);
    }

    public Answer verify(String mfaToken, String oobCode, String code) {
        return token(OOB, "mfa_token", mfaToken, "oob_code", oobCode, "binding_code", code);
    }

    public Answer token(String grant, String... more) {
        return form(
                "/oauth/token",
                pairs(new String[] {"grant_type", grant, "client_id", clientId, "client_secret", clientSecret}, more));
    }

    /** The code in the newest message to this number. */
    public String code(String number) {
        return server.carrier().lastCode(number);
    }

    /** A code that is as long as the right one, and not it. */
    public String wrongCode(String number) {
        return code(number).equals("000000") ? "000001" : "000000";
    }

    public Answer form(String path, String... pairs) {
        var body = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2)
            body.append(i == 0 ? "" : "&").append(encode(pairs[i])).append('=').append(encode(pairs[i + 1]));
        return send(request(path, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    public Answer json(String path, @Nullable String bearer, Object body) {
        return send(request(path, bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Answer.JSON.writeValueAsString(body))));
    }

    public Answer get(String path, @Nullable String bearer) {
        return send(
                request(path, bearer).header("Content-Type", "application/json").GET());
    }

    /** What is no JSON. */
    public HttpResponse<String> text(String path) {
        try {
            return exchange(request(path, null).GET());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public Answer delete(String path, String bearer) {
        return send(request(path, bearer).DELETE());
    }

    public HttpRequest.Builder request(String path, @Nullable String bearer) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .header("Host", host);
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        server.settle(response.request());
        return response;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(exchange(request));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String[] pairs(String[] first, String[] more) {
        var all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
