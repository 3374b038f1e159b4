package io.ringcode.secret;

import io.ringcode.server.storage.MasterKey;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Authenticated encryption for one purpose, under the installation's master key of the day. What is sealed opens only in the context
 * it was sealed for, such as its tenant and row. A sealed value is a {@link KeyMark} of its master key, then nonce, ciphertext and
 * tag; one without a mark is of the installation's first master key.
 */
public final class Sealer {
    private final Keyring keys;
    private final String purpose;
    private final ConcurrentHashMap<String, XaesGcm> ciphers = new ConcurrentHashMap<>();

    Sealer(Keyring keys, String purpose) {
        this.keys = keys;
        this.purpose = purpose;
    }

    public byte[] seal(String value, String... context) {
        var ring = keys.ring();
        return cipher(ring.active()).seal(ring.mark().bytes(), value, context);
    }

    /** @return empty when the value was forged, damaged, or sealed in another context or under another key */
    public Optional<String> open(byte[] sealed, String... context) {
        var ring = keys.ring();
        var marked = KeyMark.of(sealed).map(ring::known).orElse(null);
        if (marked != null) {
            var opened = cipher(marked).open(sealed, KeyMark.LENGTH, context);
            if (opened.isPresent()) return opened;
        }
        // Also where a mark was found: an old value's random nonce may look like one.
        @Nullable MasterKey first = ring.first();
        return first == null ? Optional.empty() : cipher(first).open(sealed, 0, context);
    }

    /** As {@link #open}, for what this installation wrote itself. */
    public String openOwn(byte[] sealed, String... context) {
        return open(sealed, context)
                .orElseThrow(() -> new IllegalStateException("A stored value does not open: was it moved or changed?"));
    }

    /** Sealed text for a URL or a header: base64url without padding (RFC 4648 section 5). */
    public String sealToken(String value, String... context) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal(value, context));
    }

    public Optional<String> openToken(String token, String... context) {
        try {
            return open(Base64.getUrlDecoder().decode(token), context);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private XaesGcm cipher(MasterKey key) {
        var known = ciphers.get(key.id());
        if (known != null) return known;
        return ciphers.computeIfAbsent(key.id(), _ -> new XaesGcm(key.derive("seal/" + purpose, 32)));
    }
}
