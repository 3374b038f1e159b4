package io.ringcode.server.tls;

import io.ringcode.server.http.ConnectionLimits;
import io.ringcode.server.http.WatchedProtocol;
import io.ringcode.server.settings.Network;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.Settings.Tls;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.util.unit.DataSize;

/** https beside http, with the operator's certificate or with one from the server's own authority. */
public final class LocalTls implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final Logger log = LoggerFactory.getLogger(LocalTls.class);

    /** As much as plain http takes; Boot's settings in application.properties reach that connector only. */
    private static final DataSize MOST_HEADERS = DataSize.ofKilobytes(16);

    private final String host;
    private final Connector connector;
    private final @Nullable Path authority;

    private LocalTls(String host, Connector connector, @Nullable Path authority) {
        this.host = host;
        this.connector = connector;
        this.authority = authority;
    }

    /** @throws StartRefused if certificate and key are not readable as such, or cannot be made */
    public static LocalTls prepare(Settings settings, Tls tls, DataFolder data) {
        var host = Network.urlHost(settings.address());
        try {
            if (tls.certificate() != null && tls.key() != null) {
                var own = new ServerCertificate(tls.certificate(), tls.key());
                return new LocalTls(host, connector(settings, tls, own.keyStore()), null);
            }
            var authority = new LocalAuthority(data.resolve("tls"), Clock.systemUTC());
            var store = authority.certificate(settings.publicUrl()).keyStore();
            return new LocalTls(host, connector(settings, tls, store), authority.authorityFile());
        } catch (IOException failure) {
            throw new StartRefused(1, "https cannot be served: " + Failures.reason(failure));
        }
    }

    private static Connector connector(Settings settings, Tls tls, KeyStore store) {
        var protocol = new WatchedProtocol();
        protocol.setPort(tls.port());
        protocol.setSSLEnabled(true);
        protocol.setMaxHttpRequestHeaderSize((int) MOST_HEADERS.toBytes());
        protocol.setMaxHttpResponseHeaderSize((int) MOST_HEADERS.toBytes());
        protocol.setExecutor(new VirtualThreadExecutor("https-"));
        if (settings.address() != null) protocol.setAddress(InetAddress.ofLiteral(settings.address()));
        var tlsHost = new SSLHostConfig();
        tlsHost.setProtocols("TLSv1.2+TLSv1.3");
        var certificate = new SSLHostConfigCertificate(tlsHost, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(store);
        certificate.setCertificateKeystorePassword(ServerCertificate.IN_MEMORY);
        tlsHost.addCertificate(certificate);
        protocol.addSslHostConfig(tlsHost);
        var connector = new Connector(protocol);
        connector.setScheme("https");
        connector.setSecure(true);
        ConnectionLimits.apply(connector);
        return connector;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalConnectors(connector);
    }

    public int port() {
        return connector.getLocalPort();
    }

    public void announce() {
        log.info("Ringcode serves https://{}:{}", host, port());
        if (authority != null)
            log.info(
                    "To trust it: curl --cacert {} ..., or NODE_EXTRA_CA_CERTS={} for Node, or import that file in the"
                            + " browser",
                    authority,
                    authority);
    }
}
