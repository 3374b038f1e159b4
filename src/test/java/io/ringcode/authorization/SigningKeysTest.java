package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SigningKeysTest {
    /** Signing is the dearest step of a sign-in, and four times dearer without it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_native_library_of_this_platform_is_the_one_that_is_found() {
        assertThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError()).isNull();
    }
}
