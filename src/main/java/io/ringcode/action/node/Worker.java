package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.action.node.Outcome.Decision;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One Node.js process with one program in it. Calls may be under way side by side; whoever waits for one sees to its
 * deadline. A worker that is retired takes no further call and is killed when its last one is over.
 */
final class Worker implements AutoCloseable {
    /** A script that gets around the worker's own limits by writing to the pipe itself. */
    private static final long MOST_NOISE = 1024 * 1024;

    private static final int SAID_LAST = 2000;

    private final Process process;
    private final Broker broker;
    private final JsonMapper json = JsonMapper.shared();
    private final LinkedBlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final StringBuilder saidLast = new StringBuilder();
    private final Thread writer;
    private volatile boolean retired;
    private volatile @Nullable String killedFor;
    private volatile long lastUsed = System.nanoTime();

    /** @param process just started, both outputs in one */
    Worker(Process process, Broker broker, ObjectNode setup) {
        this.process = process;
        this.broker = broker;
        send(setup);
        // Both block in the system for as long as the worker likes, so neither may be a virtual thread.
        Thread.ofPlatform().name("hook-reader").daemon().start(this::read);
        this.writer = Thread.ofPlatform().name("hook-writer").daemon().start(this::write);
    }

    /** @param message is given the call's number */
    Call call(ObjectNode message) {
        var number = numbers.incrementAndGet();
        var call = new Call();
        calls.put(number, call);
        lastUsed = System.nanoTime();
        send(message.put("call", number));
        if (!process.isAlive()) endAll();
        return call;
    }

    int inHand() {
        return calls.size();
    }

    boolean usable() {
        return !retired && process.isAlive();
    }

    boolean alive() {
        return process.isAlive();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** For a call that nobody waits for any more. */
    void giveUp(Call call) {
        calls.values().remove(call);
        retire();
    }

    void retire() {
        retired = true;
        if (calls.isEmpty()) close();
    }

    @Override
    public void close() {
        retired = true;
        process.destroyForcibly();
    }

    private void send(ObjectNode message) {
        outgoing.add((json.writeValueAsString(message) + "\n").getBytes(UTF_8));
    }

    private void write() {
        try (var pipe = process.getOutputStream()) {
            while (true) flush(pipe, outgoing.take());
        } catch (IOException ended) {
            // The reader sees the end too, and says so.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void flush(OutputStream pipe, byte[] message) throws IOException {
        pipe.write(message);
        pipe.flush();
    }

    private void read() {
        try (var lines = new Lines(process.getInputStream(), MOST_NOISE)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                hear(line);
                if (retired && calls.isEmpty()) process.destroyForcibly();
            }
        } catch (Lines.TooMuch flood) {
            killedFor = "it wrote more than " + MOST_NOISE / 1024 + " kB past its log";
        } catch (IOException broken) {
            // as an end
        } finally {
            process.destroyForcibly();
            process.onExit().join();
            writer.interrupt();
            broker.close();
            retired = true;
            endAll();
        }
    }

    private void hear(Lines.Line line) {
        try {
            var said = json.readTree(line.text());
            if (said.has("log")) {
                var call = calls.get(said.path("log").asLong());
                if (call != null) call.log(said.path("text").asString(""));
            } else if (said.has("done")) {
                var call = calls.remove(said.path("done").asLong());
                if (call != null) call.end(outcome(said));
            } else if (said.has("retire")) {
                retired = true;
            } else {
                line.noise();
                keep(line.text());
            }
        } catch (JacksonException notOurs) {
            line.noise();
            keep(line.text());
        }
    }

    private static Outcome outcome(JsonNode said) {
        var error = said.path("error");
        if (error.isObject())
            return new Outcome.Failed(new ScriptError(
                    error.path("message").asString("An error without a message"),
                    error.path("code").asString(null),
                    error.path("status").asInt(0),
                    error.path("retryAfter").asString(null),
                    error.path("at").asInt(0)));
        var decision = said.path("decision").asString("");
        return new Outcome.Done(
                decision.isEmpty()
                        ? null
                        : new Decision(
                                decision.equals("retry"), said.path("reason").asString("")),
                said.get("effects"));
    }

    private void keep(String text) {
        saidLast.append(text).append('\n');
        if (saidLast.length() > SAID_LAST) saidLast.delete(0, saidLast.length() - SAID_LAST);
    }

    private void endAll() {
        for (var number : List.copyOf(calls.keySet())) {
            var call = calls.remove(number);
            if (call != null) call.end(new Outcome.Died(how()));
        }
    }

    private String how() {
        var reason = killedFor;
        if (reason != null) return reason;
        if (saidLast.indexOf("heap out of memory") >= 0) return "it ran out of memory";
        if (process.isAlive()) return "it closed its output";
        return "its process ended with exit status " + process.exitValue();
    }
}
