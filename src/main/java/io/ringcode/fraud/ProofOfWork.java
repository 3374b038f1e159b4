package io.ringcode.fraud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Proof of work against programs that ask for messages: challenges and solutions of ALTCHA's open protocol, version 1, with
 * SHA-256. A challenge is for one sign-in and good once. Where a browser runs no script, a wait takes its place, which each address can
 * have once at a time, so that it is no cheaper than the work.
 */
@Component
public class ProofOfWork {
    /** Half of it is tried on average: about a second in a browser. */
    public static final int LARGEST_NUMBER = 1_000_000;

    public static final Duration LIFE = Duration.ofMinutes(10);
    /** How long who runs no script waits. */
    public static final Duration WAIT = Duration.ofSeconds(15);

    private static final String ALGORITHM = "SHA-256";
    private static final String KIND = "proof";
    private static final String WAIT_KIND = "proof-wait";
    private static final Bucket ONCE = new Bucket(1, LIFE.toSeconds());
    private static final Bucket ONE_WAIT = new Bucket(1, WAIT.toSeconds());
    private static final int LONGEST = 2_000;
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{24}\\?expires=([0-9]{10,11})&");

    private final Buckets buckets;
    private final KeyedHash hash;
    private final SignedMoment waits;
    private final ObjectMapper json;
    private final SecureRandom random = new SecureRandom();

    ProofOfWork(Buckets buckets, Keyring keys, ObjectMapper json) {
        this.buckets = buckets;
        this.hash = keys.hash("proof-of-work");
        this.waits = new SignedMoment(hash, "wait");
        this.json = json;
    }

    /**
     * A challenge: which number from 0 to {@code maxnumber}, written in decimal behind the salt, has that hash? The names are ALTCHA's.
     */
    public record Challenge(String algorithm, String challenge, int maxnumber, String salt, String signature) {}

    /** @param login that it is for */
    public Challenge challenge(TenantId tenant, UUID login, Instant now) {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        // The last sign keeps digits from moving between salt and number.
        var salt =
                HexFormat.of().formatHex(bytes) + "?expires=" + now.plus(LIFE).getEpochSecond() + "&";
        var challenge = sha256(salt + random.nextInt(LARGEST_NUMBER + 1));
        return new Challenge(ALGORITHM, challenge, LARGEST_NUMBER, salt, signature(tenant, login, challenge));
    }

    private String signature(TenantId tenant, UUID login, String challenge) {
        return HexFormat.of().formatHex(hash.of(tenant.value(), login.toString(), challenge));
    }

    /**
     * Whether a solution is right. A right one is good once.
     *
     * @param payload what a browser sends: base64 of a JSON object with {@code algorithm}, {@code challenge}, {@code number},
     *     {@code salt} and {@code signature}
     */
    public boolean isSolved(TenantId tenant, UUID login, String payload, Instant now) {
        if (payload.isEmpty() || payload.length() > LONGEST) return false;
        JsonNode solution;
        try {
            solution = json.readTree(Base64.getDecoder().decode(payload));
        } catch (IllegalArgumentException | JacksonException garbage) {
            return false;
        }
        var salt = solution.path("salt").asString("");
        var number = solution.path("number");
        var expires = SALT.matcher(salt);
        if (!solution.path("algorithm").asString("").equals(ALGORITHM)
                || !number.isInt()
                || number.asInt() < 0
                || number.asInt() > LARGEST_NUMBER
                || !expires.matches()
                || Long.parseLong(expires.group(1)) <= now.getEpochSecond()) return false;
        var challenge = sha256(salt + number.asInt());
        var signature = signature(tenant, login, challenge);
        return isSame(challenge, solution.path("challenge").asString(""))
                && isSame(signature, solution.path("signature").asString(""))
                && buckets.take(tenant, KIND, hash.index("used", tenant.value(), signature), ONCE, 1, now);
    }

    /** What a page carries so that who has waited can say since when. */
    public String wait(TenantId tenant, UUID login, Instant now) {
        return waits.of(tenant, login, now);
    }

    /** Whether the wait that began with this token is over, and nobody else waits at that address. */
    public boolean hasWaited(TenantId tenant, UUID login, Origin origin, String token, Instant now) {
        var since = waits.read(tenant, login, token).orElse(null);
        return since != null
                && !now.isBefore(since.plus(WAIT))
                && now.isBefore(since.plus(LIFE))
                && buckets.take(tenant, WAIT_KIND, hash.index("used", tenant.value(), token), ONCE, 1, now)
                && buckets.take(
                        tenant, WAIT_KIND, hash.index("address", tenant.value(), origin.ip()), ONE_WAIT, 1, now);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(ALGORITHM).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }
}
