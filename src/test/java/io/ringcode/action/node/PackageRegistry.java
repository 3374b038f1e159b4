package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An npm registry on loopback with the packages that a test put into it. */
public final class PackageRegistry implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong asked = new AtomicLong();
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Object>> versions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    public PackageRegistry() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** How often anything was asked of it. */
    public long asked() {
        return asked.get();
    }

    /** What was asked of it. */
    public Set<String> paths() {
        return paths;
    }

    /** @param more members of its manifest, such as scripts and dependencies */
    public void put(String name, String version, String code, Map<String, Object> more) {
        var manifest = new TreeMap<String, Object>(more);
        manifest.put("name", name);
        manifest.put("version", version);
        manifest.put("main", "index.js");
        var archive = archive(JsonMapper.shared().writeValueAsString(manifest), code);
        var path = "/" + name + "/-/" + name + "-" + version + ".tgz";
        archives.put(path, archive);
        manifest.put("dist", Map.of("tarball", url() + path, "integrity", "sha512-" + sha512(archive)));
        if (more.containsKey("scripts")) manifest.put("hasInstallScript", true);
        versions.computeIfAbsent(name, _ -> new ConcurrentHashMap<>()).put(version, manifest);
    }

    /** Lets whoever asks for a package wait for {@link #release}, which a GET of {@code /-/release/NAME} is too. */
    public void hold(String name) {
        held.put(name, new CountDownLatch(1));
    }

    public void release(String name) {
        var wait = held.remove(name);
        if (wait != null) wait.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        var path = exchange.getRequestURI().getPath();
        paths.add(path);
        if (path.startsWith("/-/release/")) release(path.substring("/-/release/".length()));
        var wait = held.get(path.substring(1));
        try {
            if (wait != null) wait.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        var archive = archives.get(path);
        var known = versions.get(path.substring(1));
        var body =
                archive != null ? archive : document(path.substring(1), known).getBytes(UTF_8);
        exchange.sendResponseHeaders(archive == null && known == null ? 404 : 200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String document(String name, @Nullable Map<String, Object> known) {
        if (known == null) return "{\"error\":\"Not found\"}";
        var newest = new TreeMap<>(known).lastKey();
        return JsonMapper.shared()
                .writeValueAsString(Map.of("name", name, "versions", known, "dist-tags", Map.of("latest", newest)));
    }

    private static byte[] archive(String manifest, String code) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            add(tar, "package/package.json", manifest);
            add(tar, "package/index.js", code);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(text.getBytes(UTF_8).length);
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private static String sha512(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
