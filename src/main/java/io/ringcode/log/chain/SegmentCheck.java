package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainDamage.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares the lines that are there with the hashes of a segment. Where they differ, it looks on both sides for where they fit again: a line that
 * is missing leaves the next one to fit a later hash, one that was put in fits none, and one that was changed stands before one that fits.
 */
final class SegmentCheck {
    /** How far it looks. */
    private static final int LOOK = 200;

    private final ChainHash hash = new ChainHash();
    private final byte[] made = new byte[ChainHash.LENGTH];

    void check(Segment segment, List<StoredLine> lines, Consumer<ChainDamage> harms) {
        int line = 0;
        int index = 0;
        while (line < lines.size() && index < segment.lines()) {
            if (fits(segment, index, lines.get(line))) {
                line++;
                index++;
                continue;
            }
            var later = laterHash(segment, index, lines.get(line));
            if (later > 0) {
                harms.accept(removed(segment, index, later));
                index += later;
                continue;
            }
            var further = furtherLine(segment, index, lines, line);
            if (further > 0) {
                for (int i = 0; i < further; i++) harms.accept(inserted(segment, index, lines.get(line + i)));
                line += further;
                continue;
            }
            harms.accept(new ChainDamage(
                    segment.place() + index,
                    Kind.CHANGED,
                    "the line " + lines.get(line).id() + " is not what it was"));
            line++;
            index++;
        }
        if (index < segment.lines()) harms.accept(removed(segment, index, segment.lines() - index));
        for (; line < lines.size(); line++) harms.accept(inserted(segment, index, lines.get(line)));
    }

    private static ChainDamage removed(Segment segment, int index, int count) {
        return new ChainDamage(
                segment.place() + index,
                Kind.REMOVED,
                count == 1 ? "its line is gone" : "the lines of " + count + " places are gone");
    }

    private static ChainDamage inserted(Segment segment, int index, StoredLine line) {
        return new ChainDamage(
                segment.place() + index, Kind.INSERTED, "before it stands a line that has no place: " + line.id());
    }

    private boolean fits(Segment segment, int index, StoredLine line) {
        var before = index == 0 ? segment.previous() : segment.hashes();
        hash.chain(before, index == 0 ? 0 : (index - 1) * ChainHash.LENGTH, line, made, 0);
        var at = index * ChainHash.LENGTH;
        return Arrays.equals(made, 0, ChainHash.LENGTH, segment.hashes(), at, at + ChainHash.LENGTH);
    }

    /** @return how many hashes further on the line fits; 0 where it does not */
    private int laterHash(Segment segment, int index, StoredLine line) {
        for (int ahead = 1; ahead <= LOOK && index + ahead < segment.lines(); ahead++)
            if (fits(segment, index + ahead, line)) return ahead;
        return 0;
    }

    /** @return how many lines further on one fits the hash; 0 where none does */
    private int furtherLine(Segment segment, int index, List<StoredLine> lines, int line) {
        for (int ahead = 1; ahead <= LOOK && line + ahead < lines.size(); ahead++)
            if (fits(segment, index, lines.get(line + ahead))) return ahead;
        return 0;
    }
}
