package io.ringcode.log.chain;

import io.ringcode.tenant.TenantId;
import java.util.List;

/**
 * Lines of one tenant that got their places together.
 *
 * @param place of the first
 * @param lines how many there are
 * @param lowId the least of their ids, and {@code topId} the greatest
 * @param previous the hash of the line before them
 * @param hashes of each of them, one behind the other
 */
@SuppressWarnings("ArrayRecordComponent") // as JDBC gives them; never compared
record Segment(TenantId tenant, long place, int lines, String lowId, String topId, byte[] previous, byte[] hashes) {
    byte[] last() {
        return ChainHash.at(hashes, lines - 1);
    }

    long lastPlace() {
        return place + lines - 1;
    }

    /** @param before the place and hash that they stand behind */
    static Segment of(TenantId tenant, ChainEnd before, List<StoredLine> lines) {
        var hash = new ChainHash();
        var hashes = new byte[lines.size() * ChainHash.LENGTH];
        for (int i = 0; i < lines.size(); i++) {
            var previous = i == 0 ? before.hash() : hashes;
            hash.chain(previous, i == 0 ? 0 : (i - 1) * ChainHash.LENGTH, lines.get(i), hashes, i * ChainHash.LENGTH);
        }
        var ids = lines.stream().map(StoredLine::id).sorted().toList();
        return new Segment(
                tenant, before.place() + 1, lines.size(), ids.getFirst(), ids.getLast(), before.hash(), hashes);
    }
}
