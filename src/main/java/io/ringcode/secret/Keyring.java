package io.ringcode.secret;

import io.ringcode.server.storage.MasterKey;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every key of this installation, each derived for one purpose (HKDF-SHA-256, RFC 5869): those that seal from the master key of the
 * day, those that hash from a root that stays the same when master keys turn (docs/decisions/0016). Which master key it is, the
 * database says; until {@link #settle} nothing can be sealed or hashed.
 */
@Component
public final class Keyring {
    private final ConcurrentHashMap<String, Sealer> sealers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, KeyedHash> hashes = new ConcurrentHashMap<>();
    private volatile @Nullable Ring ring;

    /**
     * @param first which sealed the values without a mark; null where nothing is under it any more and it was not given
     * @param mark before what is sealed now
     */
    record Ring(
            Map<String, MasterKey> keys,
            MasterKey active,
            @Nullable MasterKey first,
            KeyMark mark,
            MasterKey root) {
        @Nullable
        MasterKey known(String id) {
            return keys.get(id);
        }
    }

    /** Of one master key that never turned. */
    public static Keyring of(MasterKey only) {
        var keys = new Keyring();
        keys.settle(List.of(only), only.id(), only.id(), only);
        return keys;
    }

    /**
     * @param known every master key that this server was given
     * @param active the id of the one that seals now, which is among them
     * @param first the id of the one that this installation began with
     * @param root what hashes are derived from
     */
    public void settle(Collection<MasterKey> known, String active, String first, MasterKey root) {
        var keys = known.stream().collect(Collectors.toUnmodifiableMap(MasterKey::id, Function.identity()));
        var sealing = keys.get(active);
        if (sealing == null) throw new IllegalArgumentException("The active master key is not known");
        var mark = active.equals(first) ? KeyMark.NONE : KeyMark.ofKey(active);
        ring = new Ring(keys, sealing, keys.get(first), mark, root);
    }

    Ring ring() {
        var settled = ring;
        if (settled == null) throw new IllegalStateException("Which master key seals is not known yet");
        return settled;
    }

    /** The id of the master key that seals now. */
    public String active() {
        return ring().active().id();
    }

    /** What stands before values that are sealed now. */
    public KeyMark mark() {
        return ring().mark();
    }

    /** Encrypts and authenticates values of one purpose. */
    public Sealer sealer(String purpose) {
        return sealers.computeIfAbsent(purpose, name -> new Sealer(this, name));
    }

    /** Hashes values of one purpose so that only this installation can compare them. */
    public KeyedHash hash(String purpose) {
        return hashes.computeIfAbsent(
                purpose, name -> new KeyedHash(() -> ring().root().derive("hash/" + name, 32)));
    }

    /** A value that only this root hashes so, to be stored and compared. */
    public static byte[] check(MasterKey root) {
        return new KeyedHash(() -> root.derive("hash/installation", 32)).of("ringcode");
    }

    /** The root of hashes as it is kept in the database, under a master key. */
    public byte[] sealRoot(MasterKey under) {
        return ofRoot(under)
                .seal(Base64.getEncoder().encodeToString(ring().root().bytes()), under.id());
    }

    public static MasterKey openRoot(byte[] sealed, MasterKey under) {
        return new MasterKey(ofRoot(under)
                .open(sealed, 0, under.id())
                .map(Base64.getDecoder()::decode)
                .orElseThrow(() -> new IllegalStateException("The root of hashes does not open: was it changed?")));
    }

    private static XaesGcm ofRoot(MasterKey under) {
        return new XaesGcm(under.derive("hash-root", 32));
    }
}
