package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An authenticator made of software, and the browser before it: answers ceremonies of WebAuthn as both would, or wrongly. */
public final class SoftKey {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int BACKUP_ELIGIBLE = 8;
    private static final int BACKED_UP = 16;
    private static final int ATTESTED = 64;

    private final KeyPair pair;
    private final byte[] id = new byte[32];
    private byte @Nullable [] userHandle;
    private int count;
    private int flags = PRESENT | VERIFIED;
    private int step = 1;

    public SoftKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        new SecureRandom().nextBytes(id);
    }

    /** Its owner is not asked for a PIN or a finger. */
    public SoftKey unverified() {
        flags &= ~VERIFIED;
        return this;
    }

    /** Says that it was made for somebody else. */
    public SoftKey ofAnotherOwner() {
        userHandle = new byte[] {1, 2, 3};
        return this;
    }

    public SoftKey synced() {
        flags |= BACKUP_ELIGIBLE;
        return this;
    }

    /** It was copied by now. */
    public SoftKey backedUp() {
        flags |= BACKED_UP;
        return this;
    }

    /** As keys do that are copied to many devices. */
    public SoftKey countingNothing() {
        step = 0;
        return this;
    }

    public SoftKey countingFrom(int count) {
        this.count = count;
        return this;
    }

    public String id() {
        return BASE64.encodeToString(id);
    }

    public String publicKey() {
        return BASE64.encodeToString(cose());
    }

    /** @param options as a page has them */
    public String create(JsonNode options, String origin) {
        userHandle =
                Base64.getUrlDecoder().decode(options.path("user").path("id").asString());
        var data = new ByteArrayOutputStream();
        data.writeBytes(sha256(options.path("rp").path("id").asString().getBytes(UTF_8)));
        data.write(flags | ATTESTED);
        data.writeBytes(ByteBuffer.allocate(4).putInt(count).array());
        data.writeBytes(new byte[16]);
        data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
        data.writeBytes(id);
        data.writeBytes(cose());
        var object = new ByteArrayOutputStream();
        object.write(0xa3);
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xa0);
        text(object, "authData");
        bytes(object, data.toByteArray());
        var client = client("webauthn.create", options, origin);
        return answer(Map.of(
                "clientDataJSON",
                BASE64.encodeToString(client),
                "attestationObject",
                BASE64.encodeToString(object.toByteArray()),
                "transports",
                new String[] {"usb"}));
    }

    public String sign(JsonNode options, String origin) {
        return sign(options, origin, options.path("rpId").asString());
    }

    /** @param relyingParty that the browser was asked for */
    public String sign(JsonNode options, String origin, String relyingParty) {
        count();
        return signAgain(options, origin, relyingParty);
    }

    /** As one more signature counts. */
    public void count() {
        count += step;
    }

    /** As a copy does that counts no further. */
    public String signAgain(JsonNode options, String origin) {
        return signAgain(options, origin, options.path("rpId").asString());
    }

    private String signAgain(JsonNode options, String origin, String relyingParty) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(sha256(relyingParty.getBytes(UTF_8)));
        data.write(flags);
        data.writeBytes(ByteBuffer.allocate(4).putInt(count).array());
        var client = client("webauthn.get", options, origin);
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(data.toByteArray());
        signed.writeBytes(sha256(client));
        return answer(Map.of(
                "clientDataJSON", BASE64.encodeToString(client),
                "authenticatorData", BASE64.encodeToString(data.toByteArray()),
                "signature", BASE64.encodeToString(signature(signed.toByteArray())),
                "userHandle", userHandle == null ? "" : BASE64.encodeToString(userHandle)));
    }

    private String answer(Map<String, Object> response) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "id",
                        id(),
                        "rawId",
                        id(),
                        "type",
                        "public-key",
                        "clientExtensionResults",
                        Map.of(),
                        "response",
                        response));
    }

    private static byte[] client(String type, JsonNode options, String origin) {
        return JsonMapper.shared()
                .writeValueAsBytes(Map.of(
                        "type",
                        type,
                        "challenge",
                        options.path("challenge").asString(),
                        "origin",
                        origin,
                        "crossOrigin",
                        false));
    }

    private byte[] signature(byte[] data) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {1: 2, 3: -7, -1: 1, -2: x, -3: y}: RFC 9053 section 7.1.1. */
    private byte[] cose() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var key = new ByteArrayOutputStream();
        key.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21});
        bytes(key, coordinate(point.getAffineX().toByteArray()));
        key.write(0x22);
        bytes(key, coordinate(point.getAffineY().toByteArray()));
        return key.toByteArray();
    }

    private static byte[] coordinate(byte[] number) {
        var padded = new byte[32];
        var length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, padded, 32 - length, length);
        return padded;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 | text.length());
        out.writeBytes(text.getBytes(UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        out.write(0x58);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
