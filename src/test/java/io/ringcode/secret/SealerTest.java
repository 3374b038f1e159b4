package io.ringcode.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.server.storage.MasterKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealed values and hashes while master keys turn. */
class SealerTest {
    private final MasterKey first = MasterKey.random();
    private final MasterKey second = MasterKey.random();
    private final Keyring keys = Keyring.of(first);
    private final Sealer sealer = keys.sealer("test");

    @Test
    void what_an_older_key_sealed_opens_and_what_is_sealed_now_says_its_key() {
        var old = sealer.seal("value", "row");
        assertThat(old).as("as servers of older releases read it").hasSize(24 + 5 + 16);
        keys.settle(List.of(second, first), second.id(), first.id(), first);
        var fresh = sealer.seal("value", "row");
        assertThat(fresh).startsWith(keys.mark().bytes());
        assertThat(sealer.open(old, "row")).contains("value");
        assertThat(sealer.open(fresh, "row")).contains("value");
        assertThat(sealer.open(fresh, "other row")).isEmpty();
        keys.settle(List.of(second), second.id(), first.id(), first);
        assertThat(sealer.open(fresh, "row")).contains("value");
        assertThat(sealer.open(old, "row")).isEmpty();
    }

    /** One old value in 256 begins as a mark does, and one in 2^40 as that of a key that is known. */
    @Test
    void an_old_value_that_looks_marked_opens_all_the_same() {
        byte[] old;
        do old = sealer.seal("value");
        while (old[0] != 1);
        assertThat(sealer.open(old)).contains("value");
    }

    @Test
    void hashes_stay_when_the_master_key_turns() {
        var before = keys.hash("test").of("value");
        var root = keys.sealRoot(second);
        keys.settle(List.of(second), second.id(), first.id(), Keyring.openRoot(root, second));
        assertThat(keys.hash("test").of("value")).isEqualTo(before);
    }
}
