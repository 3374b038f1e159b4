package io.ringcode.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** AWS Signature Version 4, by Amazon's own signer. */
final class AwsSigner {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private AwsSigner() {}

    /**
     * All headers that the request must have, but for Host, which the client sends from the address.
     *
     * @param service as in the credential scope: {@code sns}, {@code sms-voice}
     */
    static Map<String, String> headers(
            AwsKeys keys, String service, URI uri, Map<String, String> headers, String body, Clock clock) {
        var request = SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.POST);
        headers.forEach(request::putHeader);
        var signed = SIGNER.sign(
                sign -> sign.identity(AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey()))
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, keys.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        var all = new HashMap<String, String>();
        signed.request().headers().forEach((name, values) -> all.put(name, values.getFirst()));
        all.keySet().removeIf("host"::equalsIgnoreCase);
        return all;
    }
}
