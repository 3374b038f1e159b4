package io.ringcode.bench;

import java.io.IOException;
import java.util.Set;

/** An application that lets people sign in over http, each with the code that the carrier was given for them. */
final class SignIns implements User {
    private final Tenant tenant;
    private final LeanCarrier carrier;
    private final Set<String> scopes;
    private final MfaApi first;
    private final MfaApi second;

    SignIns(Tenant tenant, LeanCarrier carrier, Set<String> scopes, int port) throws IOException {
        this(tenant, carrier, scopes, port, port);
    }

    /** @param second the port of the server that is sent the code, after {@code first} was asked for it */
    SignIns(Tenant tenant, LeanCarrier carrier, Set<String> scopes, int first, int second) throws IOException {
        this.tenant = tenant;
        this.carrier = carrier;
        this.scopes = scopes;
        this.first = new MfaApi(tenant, first);
        this.second = first == second ? this.first : new MfaApi(tenant, second);
    }

    @Override
    public long[] ceremony() throws IOException {
        var person = tenant.signIn(scopes);
        var start = System.nanoTime();
        var oobCode = first.challenge(person.mfaToken());
        var challenged = System.nanoTime();
        var answer = second.guess(person.mfaToken(), oobCode, carrier.take(person.number()));
        var done = System.nanoTime();
        var token = scopes.contains("openid") ? "\"id_token\":\"" : "\"access_token\":\"";
        if (answer.status() != 200 || !answer.body().contains(token))
            throw new IllegalStateException("/oauth/token: " + MfaApi.said(answer));
        return new long[] {challenged - start, done - challenged};
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
