package io.ringcode.e2e;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashSet;
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
        return of(Pixels.of(picture));
    }

    private static Likeness of(Pixels pixels) {
        int columns = Math.ceilDiv(pixels.width, CELL);
        int rows = Math.ceilDiv(pixels.height, CELL);
        var colours = new byte[columns * rows * CHANNELS];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                pixels.mean(column, row, 0, 0, colours, (row * columns + column) * CHANNELS);
        return new Likeness(columns, rows, colours);
    }

    /** A picture's, line by line, each in the lower 24 bits. */
    private static final class Pixels {
        private final int width;
        private final int height;
        private final int[] colours;

        private Pixels(int width, int height, int[] colours) {
            this.width = width;
            this.height = height;
            this.colours = colours;
        }

        static Pixels of(BufferedImage picture) {
            var plain = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
            var drawn = plain.createGraphics();
            drawn.drawImage(picture, 0, 0, null);
            drawn.dispose();
            var colours = ((DataBufferInt) plain.getRaster().getDataBuffer()).getData();
            return new Pixels(plain.getWidth(), plain.getHeight(), colours);
        }

        /**
         * The mean colour of a cell when the picture was moved before.
         *
         * @param right by so many pixels
         * @param to where its three bytes go, from {@code at} on
         */
        void mean(int column, int row, int right, int down, byte[] to, int at) {
            int left = column * CELL;
            int top = row * CELL;
            int end = Math.min(left + CELL, width);
            int bottom = Math.min(top + CELL, height);
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int y = top; y < bottom; y++) {
                int line = Math.clamp(y - (long) down, 0, height - 1) * width;
                for (int x = left; x < end; x++) {
                    int colour = colours[line + Math.clamp(x - (long) right, 0, width - 1)];
                    red += colour >> 16 & 0xff;
                    green += colour >> 8 & 0xff;
                    blue += colour & 0xff;
                }
            }
            int pixels = (end - left) * (bottom - top);
            to[at] = (byte) ((red + pixels / 2) / pixels);
            to[at + 1] = (byte) ((green + pixels / 2) / pixels);
            to[at + 2] = (byte) ((blue + pixels / 2) / pixels);
        }
    }

    /** The cells of a picture that differ from this; empty where it is alike, however little of it differs. */
    Set<Integer> differing(BufferedImage picture) {
        var pixels = Pixels.of(picture);
        var actual = of(pixels);
        var differing = new HashSet<Integer>();
        int cells = actual.columns * Math.max(rows, actual.rows);
        for (int cell = 0; cell < cells; cell++)
            if (!isAlike(actual, cell) && !isAlikeWhenMoved(actual, pixels, cell)) differing.add(cell);
        return differing.size() <= FEW + cells / PART ? Set.of() : differing;
    }

    private boolean isInBoth(Likeness actual, int cell) {
        return actual.columns == columns && cell < Math.min(colours.length, actual.colours.length) / CHANNELS;
    }

    private boolean isAlike(Likeness actual, int cell) {
        if (!isInBoth(actual, cell)) return false;
        for (int at = cell * CHANNELS; at < (cell + 1) * CHANNELS; at++)
            if (Math.abs((colours[at] & 0xff) - (actual.colours[at] & 0xff)) > TOLERATED) return false;
        return true;
    }

    /** Whether a cell has a colour that is between those that it has when the picture moves a little. */
    private boolean isAlikeWhenMoved(Likeness actual, Pixels pixels, int cell) {
        if (!isInBoth(actual, cell)) return false;
        var least = new int[] {0xff, 0xff, 0xff};
        var most = new int[CHANNELS];
        var mean = new byte[CHANNELS];
        for (int right = -SHIFT; right <= SHIFT; right++)
            for (int down = -SHIFT; down <= SHIFT; down++) {
                pixels.mean(cell % columns, cell / columns, right, down, mean, 0);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    least[channel] = Math.min(least[channel], mean[channel] & 0xff);
                    most[channel] = Math.max(most[channel], mean[channel] & 0xff);
                }
            }
        for (int channel = 0; channel < CHANNELS; channel++) {
            int kept = colours[cell * CHANNELS + channel] & 0xff;
            if (kept < least[channel] - TOLERATED || kept > most[channel] + TOLERATED) return false;
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
