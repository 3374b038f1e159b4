package io.ringcode.e2e;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A picture in a few hundred bytes: a grid of the mean colours of its cells. Two of them are alike where no more than a few
 * cells differ, so that a moved, missing or recoloured block is seen, and antialiasing is not.
 */
final class Likeness {
    /** Pixels of a picture. */
    static final int CELL = 8;

    /** Pixels of a page that are one of its picture. */
    private static final int SCALE = 2;

    private static final int CHANNELS = 3;
    /** Colours are kept in steps of so much, of which half may be lost. */
    private static final int STEP = 4;
    /** What a cell's colour may differ by: what storing loses, and twice as much again. */
    private static final int TOLERATED = 6;
    /** Pixels by which something may have moved, in any direction, or part of them. */
    private static final int SHIFT = 1;
    /** How many cells may differ, as a part of all of them, beyond a few. */
    private static final int PART = 400;

    private static final int FEW = 2;

    private final int columns;
    private final int rows;
    /** Three bytes for each cell, row by row. */
    private final byte[] colours;

    private Likeness(int columns, int rows, byte[] colours) {
        this.columns = columns;
        this.rows = rows;
        this.colours = colours;
    }

    static Likeness of(BufferedImage picture) {
        return at(picture, 0, 0);
    }

    /** Of a picture that was moved before, by so many pixels. */
    private static Likeness at(BufferedImage picture, int right, int down) {
        int columns = Math.ceilDiv(picture.getWidth(), CELL);
        int rows = Math.ceilDiv(picture.getHeight(), CELL);
        var colours = new byte[columns * rows * CHANNELS];
        var line = new int[picture.getWidth()];
        for (int row = 0; row < rows; row++) {
            var sums = new long[columns * CHANNELS];
            int top = row * CELL;
            int bottom = Math.min(top + CELL, picture.getHeight());
            for (int y = top; y < bottom; y++) {
                int from = Math.clamp(y - (long) down, 0, picture.getHeight() - 1);
                picture.getRGB(0, from, line.length, 1, line, 0, line.length);
                for (int x = 0; x < line.length; x++) {
                    int cell = x / CELL * CHANNELS;
                    int at = line[Math.clamp(x - (long) right, 0, line.length - 1)];
                    sums[cell] += at >> 16 & 0xff;
                    sums[cell + 1] += at >> 8 & 0xff;
                    sums[cell + 2] += at & 0xff;
                }
            }
            for (int column = 0; column < columns; column++) {
                int width = Math.min(CELL, line.length - column * CELL);
                long pixels = (long) width * (bottom - top);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int at = column * CHANNELS + channel;
                    colours[row * columns * CHANNELS + at] = (byte) ((sums[at] + pixels / 2) / pixels);
                }
            }
        }
        return new Likeness(columns, rows, colours);
    }

    /** The cells of a picture that differ from this; empty where it is alike, however little of it differs. */
    Set<Integer> differing(BufferedImage picture) {
        var actual = of(picture);
        var differing = differing(actual, List.of(actual));
        return differing.isEmpty() ? differing : differing(actual, moved(picture));
    }

    private static List<Likeness> moved(BufferedImage picture) {
        var moved = new ArrayList<Likeness>();
        for (int right = -SHIFT; right <= SHIFT; right++)
            for (int down = -SHIFT; down <= SHIFT; down++) moved.add(at(picture, right, down));
        return moved;
    }

    private Set<Integer> differing(Likeness actual, List<Likeness> moved) {
        var differing = new HashSet<Integer>();
        int cells = actual.columns * Math.max(rows, actual.rows);
        for (int cell = 0; cell < cells; cell++) if (!isAlike(actual, moved, cell)) differing.add(cell);
        return differing.size() <= FEW + cells / PART ? Set.of() : differing;
    }

    /** Whether a cell has a colour that is between those that it has when the picture moves a little. */
    private boolean isAlike(Likeness actual, List<Likeness> moved, int cell) {
        if (actual.columns != columns || cell >= Math.min(colours.length, actual.colours.length) / CHANNELS)
            return false;
        for (int at = cell * CHANNELS; at < (cell + 1) * CHANNELS; at++) {
            int least = 0xff;
            int most = 0;
            for (var one : moved) {
                least = Math.min(least, one.colours[at] & 0xff);
                most = Math.max(most, one.colours[at] & 0xff);
            }
            int kept = colours[at] & 0xff;
            if (kept < least - TOLERATED || kept > most + TOLERATED) return false;
        }
        return true;
    }

    /** In words: the box around what differs, in pixels of the page. */
    static String where(BufferedImage picture, Set<Integer> differing) {
        int across = Math.ceilDiv(picture.getWidth(), CELL);
        var columns = differing.stream().mapToInt(cell -> cell % across).summaryStatistics();
        var rows = differing.stream().mapToInt(cell -> cell / across).summaryStatistics();
        int pixels = CELL * SCALE;
        return "from %d to %d pixels from the top and from %d to %d from the left"
                .formatted(
                        rows.getMin() * pixels,
                        (rows.getMax() + 1) * pixels,
                        columns.getMin() * pixels,
                        (columns.getMax() + 1) * pixels);
    }

    /** In one line of text. */
    String text() {
        var kept = new byte[colours.length];
        for (int i = 0; i < kept.length; i++) kept[i] = (byte) ((colours[i] & 0xff) / STEP);
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(kept);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var part = new byte[4096];
        while (!deflater.finished()) packed.write(part, 0, deflater.deflate(part));
        deflater.end();
        return columns + "x" + rows + " " + Base64.getEncoder().withoutPadding().encodeToString(packed.toByteArray());
    }

    /** @param text as {@link #text} wrote it */
    static Likeness parse(String text) {
        var parts = text.split("[x ]", 3);
        int columns = Integer.parseInt(parts[0]);
        int rows = Integer.parseInt(parts[1]);
        var colours = new byte[columns * rows * CHANNELS];
        var inflater = new Inflater(true);
        inflater.setInput(Base64.getDecoder().decode(parts[2]));
        try {
            if (inflater.inflate(colours) != colours.length) throw new IllegalArgumentException("Cut off: " + text);
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException(damaged);
        } finally {
            inflater.end();
        }
        for (int i = 0; i < colours.length; i++) colours[i] = (byte) (colours[i] * STEP + STEP / 2);
        return new Likeness(columns, rows, colours);
    }

    /** What is kept on the left, and on the right the picture with a frame around each cell that differs. */
    BufferedImage beside(BufferedImage picture, Set<Integer> differing) {
        var both = new BufferedImage(
                columns * CELL + picture.getWidth(),
                Math.max(rows * CELL, picture.getHeight()),
                BufferedImage.TYPE_INT_RGB);
        var drawn = both.createGraphics();
        for (int cell = 0; cell < columns * rows; cell++) {
            int at = cell * CHANNELS;
            drawn.setColor(new Color(colours[at] & 0xff, colours[at + 1] & 0xff, colours[at + 2] & 0xff));
            drawn.fillRect(cell % columns * CELL, cell / columns * CELL, CELL, CELL);
        }
        drawn.drawImage(picture, columns * CELL, 0, null);
        drawn.setColor(Color.RED);
        int across = Math.ceilDiv(picture.getWidth(), CELL);
        for (int cell : differing)
            drawn.drawRect(columns * CELL + cell % across * CELL, cell / across * CELL, CELL - 1, CELL - 1);
        drawn.dispose();
        return both;
    }
}
