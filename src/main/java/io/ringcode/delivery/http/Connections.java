package io.ringcode.delivery.http;

import io.ringcode.delivery.DeliverySettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The pool of connections to carriers. Each host has a pool of its own, so that a slow carrier takes no connection of another, with room
 * for several tenants' accounts, so that a slow account takes none of another.
 */
final class Connections {
    /** Of a connection that nothing goes over. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    /** Of a connection that nothing went over: after it, whether the carrier has closed it is looked at before it is used. */
    static final Duration TRUSTED = Duration.ofSeconds(1);

    /**
     * Bytes of each of the three buffers of a connection, in which a carrier's answer and our request have room. With 200 requests in
     * hand towards each of several carriers, the library's own 32 KB would fill a small heap.
     */
    private static final int BUFFER = 4 * 1024;

    /** That may each have as many requests in hand as there may be, towards one host. */
    static final int ACCOUNTS = 4;

    private Connections() {}

    static CloseableHttpClient client(DeliverySettings settings, SSLContext tls) {
        return HttpClients.custom()
                .setConnectionManager(pool(settings, tls))
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .setDefaultKeepAlive(KEPT.toSeconds(), TimeUnit.SECONDS)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Ringcode")
                .evictIdleConnections(TimeValue.of(KEPT))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .build();
    }

    private static PoolingHttpClientConnectionManager pool(DeliverySettings settings, SSLContext tls) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                // Bounds by host alone; the other policy has one lock and one bound for all.
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(ACCOUNTS * settings.concurrency())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.DISABLED)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(TimeValue.of(TRUSTED))
                        .build())
                // The JDK checks names by itself; the library's own check would load a list of all public suffixes.
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN, null))
                .build();
    }
}
