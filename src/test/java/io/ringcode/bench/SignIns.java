package io.ringcode.bench;

import io.ringcode.authorization.GrantType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** An application that lets people sign in over http, each with the code that the carrier was given for them. */
final class SignIns implements ClosedLoop.User {
    private static final String CREDENTIALS = "&client_id=" + Tenant.CLIENT + "&client_secret=" + Tenant.SECRET;
    private static final String GRANT =
            "grant_type=" + URLEncoder.encode(GrantType.MFA_OOB.wire(), StandardCharsets.UTF_8);

    private final Tenant tenant;
    private final LeanCarrier carrier;
    private final Set<String> scopes;
    private final Connection connection;

    SignIns(Tenant tenant, LeanCarrier carrier, Set<String> scopes, int port) throws IOException {
        this.tenant = tenant;
        this.carrier = carrier;
        this.scopes = scopes;
        this.connection = new Connection(port);
    }

    @Override
    public long[] ceremony() throws IOException {
        var person = tenant.signIn(scopes);
        try {
            return ceremony(person);
        } catch (IOException broken) {
            connection.renew();
            throw broken;
        }
    }

    private long[] ceremony(Tenant.SignIn person) throws IOException {
        var start = System.nanoTime();
        var challenge = connection.post(
                "/mfa/challenge",
                "application/json",
                "{\"mfa_token\":\"" + person.mfaToken() + "\",\"client_id\":\"" + Tenant.CLIENT
                        + "\",\"client_secret\":\"" + Tenant.SECRET
                        + "\",\"challenge_type\":\"oob\",\"oob_channel\":\"sms\"}");
        var challenged = System.nanoTime();
        require("/mfa/challenge", challenge, "oob_code");
        var token = connection.post(
                "/oauth/token",
                "application/x-www-form-urlencoded",
                GRANT + CREDENTIALS + "&mfa_token=" + person.mfaToken() + "&oob_code=" + challenge.text("oob_code")
                        + "&binding_code=" + carrier.take(person.number()));
        var done = System.nanoTime();
        require("/oauth/token", token, scopes.contains("openid") ? "id_token" : "access_token");
        return new long[] {challenged - start, done - challenged};
    }

    private static void require(String path, Connection.Answer answer, String member) {
        if (answer.status() != 200 || !answer.body().contains("\"" + member + "\":\""))
            throw new IllegalStateException(
                    path + ": " + answer.status() + (answer.status() == 200 ? "" : " " + answer.body()));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
