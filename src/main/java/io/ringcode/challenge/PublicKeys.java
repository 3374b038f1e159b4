package io.ringcode.challenge;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import java.util.Base64;

/** What may be the public key of a WebAuthn credential that an administrator brings along. */
public final class PublicKeys {
    private static final ObjectConverter CONVERTER = new ObjectConverter();

    private PublicKeys() {}

    /** @param text base64url of a COSE key (RFC 9052 section 7) */
    public static boolean isPublicKey(String text) {
        try {
            var key = CONVERTER.getCborMapper().readValue(Base64.getUrlDecoder().decode(text), COSEKey.class);
            if (key == null || key.getPublicKey() == null || key.getAlgorithm() == null) return false;
            key.validate();
            return WebAuthnCeremony.ALGORITHMS.contains(key.getAlgorithm().getValue());
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
