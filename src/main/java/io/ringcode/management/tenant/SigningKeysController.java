package io.ringcode.management.tenant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ringcode.authorization.SigningKeyRotation;
import io.ringcode.authorization.SigningKeyRotation.Revoked;
import io.ringcode.authorization.SigningKeyRotation.View;
import io.ringcode.client.Caller;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.secret.Macs;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys that tokens are signed with, and their rotation. */
@RestController
@RequestMapping("/api/v2/keys/signing")
public class SigningKeysController {
    /**
     * @param cert in PEM
     * @param fingerprint SHA-1 of the certificate, by colons; {@code thumbprint} is the same without
     */
    public record Shown(
            String kid,
            String cert,
            String pkcs7,
            boolean current,
            boolean next,
            boolean previous,
            @Nullable IsoTime currentSince,
            @Nullable IsoTime currentUntil,
            String fingerprint,
            String thumbprint,
            boolean revoked,
            @Nullable IsoTime revokedAt)
            implements JsonAnswer {
        private static Shown of(View key) {
            var thumbprint = Macs.hex(Macs.digest("SHA-1", key.certificate())).toUpperCase(Locale.ROOT);
            return new Shown(
                    key.kid(),
                    pem("CERTIFICATE", key.certificate()),
                    pem("PKCS7", wrapped(key.certificate())),
                    key.current(),
                    key.next(),
                    key.previous(),
                    IsoTime.of(key.currentSince()),
                    IsoTime.of(key.currentUntil()),
                    thumbprint.replaceAll("(..)(?!$)", "$1:"),
                    thumbprint,
                    key.revokedAt() != null,
                    IsoTime.of(key.revokedAt()));
        }
    }

    public record Changed(String kid, String cert) implements JsonAnswer {
        private static Changed of(View key) {
            return new Changed(key.kid(), pem("CERTIFICATE", key.certificate()));
        }
    }

    private final SigningKeyRotation rotation;
    private final Changes changes;

    SigningKeysController(SigningKeyRotation rotation, Changes changes) {
        this.rotation = rotation;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:signing_keys")
    public List<Shown> list(Caller caller) {
        return rotation.list(caller.tenant()).stream().map(Shown::of).toList();
    }

    @GetMapping("/{kid}")
    @RequiresScope("read:signing_keys")
    public Shown read(@PathVariable String kid, Caller caller) {
        return Shown.of(rotation.find(caller.tenant(), kid).orElseThrow(SigningKeysController::missing));
    }

    /** The next key signs from now on; the answer is the one that will be next. */
    @PostMapping("/rotate")
    @RequiresScope({"create:signing_keys", "update:signing_keys"})
    @ResponseStatus(HttpStatus.CREATED)
    public Changed rotate(Caller caller) {
        return changes.make(
                caller,
                "Rotate the signing key",
                "signing",
                () -> rotation.rotate(caller.tenant())
                        .map(Changed::of)
                        .orElseThrow(() -> ManagementRefused.conflict(
                                null,
                                "There are " + SigningKeyRotation.MOST_PREVIOUS
                                        + " previous keys, which is the most: revoke some first")));
    }

    /** Tokens that a previous key signed are not accepted any more. */
    @PutMapping("/{kid}/revoke")
    @RequiresScope("update:signing_keys")
    public Changed revoke(@PathVariable String kid, Caller caller) {
        return changes.make(caller, "Revoke a signing key", kid, () -> switch (rotation.revoke(caller.tenant(), kid)) {
            case Revoked.Done(var key) -> Changed.of(key);
            case Revoked.Unknown _ -> throw missing();
            case Revoked.InUse _ ->
                throw ManagementRefused.operation(null, "Only a previous key can be revoked: rotate first");
        });
    }

    private static ManagementRefused missing() {
        return ManagementRefused.missing("signing_key_not_found", "The signing key does not exist");
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\r\n"
                + Base64.getMimeEncoder(64, "\r\n".getBytes(US_ASCII)).encodeToString(content) + "\r\n-----END " + kind
                + "-----";
    }

    /** The certificate alone, as PKCS #7 wraps it (RFC 2315 section 9: signed data without signers). */
    private static byte[] wrapped(byte[] certificate) {
        try {
            var generator = new CMSSignedDataGenerator();
            generator.addCertificate(new X509CertificateHolder(certificate));
            return generator.generate(new CMSAbsentContent()).getEncoded();
        } catch (CMSException | IOException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be wrapped", impossible);
        }
    }
}
