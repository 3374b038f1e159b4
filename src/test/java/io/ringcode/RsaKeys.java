package io.ringcode;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.KeyPair;

/** New RSA keys, made in native code: the JDK takes a second for each before its arithmetic is compiled. */
public final class RsaKeys {
    private RsaKeys() {}

    public static RSAKey jwk() {
        var quick = AmazonCorrettoCryptoProvider.INSTANCE;
        try {
            return new RSAKeyGenerator(2048)
                    .provider(quick.getLoadingError() == null ? quick : null)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static RSAKey jwk(String keyId) {
        return new RSAKey.Builder(jwk()).keyID(keyId).build();
    }

    public static KeyPair pair() {
        try {
            return jwk().toKeyPair();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
