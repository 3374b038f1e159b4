package io.ringcode.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.DeliverySettings;
import io.ringcode.server.settings.Settings;
import io.ringcode.trace.Tracing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The HTTP client for all carriers: no redirects, no proxy, no retries of its own, a bounded response in bounded time.
 * HTTP/1.1, so that a broken connection fails one message only.
 */
@Component
public class CarrierHttp implements DisposableBean {
    public static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    public static final String JSON = "application/json";
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final Duration timeout;
    private final Map<String, URI> addresses;
    private final Tracing tracing;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("carrier-http-deadlines").daemon().factory());

    @Autowired
    public CarrierHttp(DeliverySettings settings, Settings server, Tracing tracing) throws NoSuchAlgorithmException {
        this(settings, server.carrierBaseUrls(), SSLContext.getDefault(), tracing);
    }

    CarrierHttp(DeliverySettings settings, Map<String, URI> addresses, SSLContext tls, Tracing tracing) {
        this.timeout = settings.carrierTimeout();
        this.addresses = addresses;
        this.tracing = tracing;
        this.client = Connections.client(settings, tls);
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * Where a carrier's API is: {@code own}, unless the operator named another address.
     *
     * @return without a slash at the end
     */
    public String base(String carrier, String own) {
        var named = addresses.get(carrier);
        return (named == null ? own : named.toString()).replaceAll("/+$", "");
    }

    public CarrierAnswer postForm(URI uri, String authorization, Map<String, String> form) throws IOException {
        return post(uri, FORM, Map.of("Authorization", authorization, "Accept", "application/json"), form(form));
    }

    /**
     * Asks a question.
     *
     * @throws IOException as {@link #post}
     */
    public CarrierAnswer get(URI uri, Map<String, String> headers) throws IOException {
        return exchange(new HttpGet(uri), headers);
    }

    /**
     * Sends a message, once whatever happens.
     *
     * @throws HttpConnectTimeoutException when there was no connection in time, so that nothing was sent
     * @throws HttpTimeoutException when the whole answer, its body included, was not there in time
     * @throws IOException when the carrier could not be reached, broke off, or answered more than 64 KiB
     */
    public CarrierAnswer post(URI uri, String contentType, Map<String, String> headers, String body)
            throws IOException {
        var request = new HttpPost(uri);
        request.setHeader(HttpHeaders.CONTENT_TYPE, contentType);
        request.setEntity(new ByteArrayEntity(body.getBytes(UTF_8), null));
        return exchange(request, headers);
    }

    private CarrierAnswer exchange(HttpUriRequestBase request, Map<String, String> headers) throws IOException {
        headers.forEach(request::setHeader);
        var traceparent = tracing.traceparent();
        if (traceparent != null) request.setHeader(Tracing.HEADER, traceparent);
        var end = System.nanoTime() + timeout.toNanos();
        // The client's own time-out would begin anew with each byte, and an answer may drip for ever.
        var deadline = deadlines.schedule(request::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return client.execute(request, response -> read(request, response));
        } catch (SocketTimeoutException | ConnectionRequestTimeoutException unreached) {
            // Only connections, and TLS over them, have a time-out besides the deadline.
            throw new HttpConnectTimeoutException("No connection in time");
        } catch (RuntimeException cut) {
            // Where the deadline comes between two of its steps, the client finds its connection taken away, and says
            // so as a wrong state, or as a missing object.
            if (System.nanoTime() >= end) throw new HttpTimeoutException("No whole answer in time");
            throw cut;
        } catch (IOException broken) {
            if (Thread.currentThread().isInterrupted()) throw new InterruptedIOException();
            if (System.nanoTime() >= end) throw new HttpTimeoutException("No whole answer in time");
            throw broken;
        } finally {
            deadline.cancel(false);
        }
    }

    private static CarrierAnswer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        var retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        var entity = response.getEntity();
        var body = entity == null ? new byte[0] : entity.getContent().readNBytes(room(entity));
        if (body.length > LARGEST_ANSWER) {
            // The client would read on to the end, to keep the connection.
            request.cancel();
            throw new IOException("The answer has more than 64 KiB");
        }
        return new CarrierAnswer(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), body);
    }

    /** Bytes to make room for: what was declared, since a read of up to 64 KiB makes room for 16 of them. */
    private static int room(HttpEntity entity) {
        var declared = entity.getContentLength();
        return declared < 0 || declared > LARGEST_ANSWER ? LARGEST_ANSWER + 1 : (int) declared;
    }

    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** A form's body, or one segment of a path, with everything but letters, digits and {@code -_.*} escaped. */
    public static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    public static String form(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
