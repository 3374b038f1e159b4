package io.ringcode.bench;

import io.ringcode.authorization.GrantType;
import io.ringcode.bench.Connection.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An application's calls of the MFA API, over a connection that it keeps. */
final class MfaApi implements AutoCloseable {
    private static final String CREDENTIALS = "&client_id=" + Tenant.CLIENT + "&client_secret=" + Tenant.SECRET;
    private static final String GRANT =
            "grant_type=" + URLEncoder.encode(GrantType.MFA_OOB.wire(), StandardCharsets.UTF_8);

    private final Connection connection;

    MfaApi(Tenant tenant, int port) throws IOException {
        this.connection = new Connection(port, tenant.host());
    }

    /** @return the oob_code */
    String challenge(String mfaToken) throws IOException {
        var answer = askForCode(mfaToken);
        if (answer.status() != 200) throw new IllegalStateException("/mfa/challenge: " + said(answer));
        return answer.text("oob_code");
    }

    Answer askForCode(String mfaToken) throws IOException {
        return post(
                "/mfa/challenge",
                "application/json",
                "{\"mfa_token\":\"" + mfaToken + "\",\"client_id\":\"" + Tenant.CLIENT + "\",\"client_secret\":\""
                        + Tenant.SECRET + "\",\"challenge_type\":\"oob\",\"oob_channel\":\"sms\"}");
    }

    Answer guess(String mfaToken, String oobCode, String code) throws IOException {
        return post(
                "/oauth/token",
                "application/x-www-form-urlencoded",
                GRANT + CREDENTIALS + "&mfa_token=" + mfaToken + "&oob_code=" + oobCode + "&binding_code=" + code);
    }

    static String said(Answer answer) {
        return answer.status() == 200 ? "200" : answer.status() + " " + answer.body();
    }

    private Answer post(String path, String contentType, String body) throws IOException {
        try {
            return connection.post(path, contentType, body);
        } catch (IOException broken) {
            connection.renew();
            throw broken;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
