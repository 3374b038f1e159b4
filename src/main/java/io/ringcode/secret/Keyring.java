package io.ringcode.secret;

import io.ringcode.server.storage.MasterKey;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Every key of this installation, each derived from the master key for one purpose (HKDF-SHA-256, RFC 5869). */
@Component
public final class Keyring {
    private final MasterKey master;
    private final ConcurrentHashMap<String, Sealer> sealers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, KeyedHash> hashes = new ConcurrentHashMap<>();

    public Keyring(MasterKey master) {
        this.master = master;
    }

    /** Encrypts and authenticates values of one purpose. */
    public Sealer sealer(String purpose) {
        return sealers.computeIfAbsent(purpose, name -> new Sealer(derive("seal/" + name)));
    }

    /** Hashes values of one purpose so that only this installation can compare them. */
    public KeyedHash hash(String purpose) {
        return hashes.computeIfAbsent(purpose, name -> new KeyedHash(derive("hash/" + name)));
    }

    private byte[] derive(String purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(master.bytes(), "HKDF"))
                    .thenExpand(Sealer.bytes("ringcode/" + purpose), 32);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HKDF-SHA256", impossible);
        }
    }
}
