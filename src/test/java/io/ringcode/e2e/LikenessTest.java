package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** What is seen in the comparison of two pictures, and what is not. */
class LikenessTest {
    private static final Color PAPER = new Color(0xfaf9f6);
    private static final Color NOTE = new Color(0xf4f1e8);
    private static final Color INK = new Color(0x1b1d1f);
    private static final Color BUTTON = new Color(0x1f4f46);

    private final Likeness stored =
            Likeness.parse(Likeness.of(page(0, 0, NOTE, BUTTON)).text());

    /** Lines of text on a note, and a button below. */
    private static BufferedImage page(int down, double smoothed, Color note, Color button) {
        var picture = new BufferedImage(390, 844, BufferedImage.TYPE_INT_RGB);
        var drawn = picture.createGraphics();
        if (smoothed > 0) drawn.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawn.setColor(PAPER);
        drawn.fillRect(0, 0, 390, 844);
        drawn.setColor(note);
        drawn.fillRect(20, 100, 350, 120);
        drawn.translate(smoothed, down + smoothed);
        drawn.setColor(INK);
        for (int line = 0; line < 4; line++) drawn.fillRect(32, 115 + 25 * line, 300 - 40 * line, 8);
        drawn.setColor(button);
        drawn.fillRect(20, 260, 350, 48);
        drawn.dispose();
        return picture;
    }

    @Test
    void the_same_is_alike_after_it_was_stored() {
        assertThat(stored.differing(page(0, 0, NOTE, BUTTON))).isEmpty();
    }

    @Test
    void smoothed_edges_and_a_line_of_pixels_are_no_difference() {
        assertThat(stored.differing(page(0, 0.4, NOTE, BUTTON))).isEmpty();
        assertThat(stored.differing(page(1, 0, NOTE, BUTTON))).isEmpty();
    }

    @Test
    void what_moved_is_seen() {
        assertThat(stored.differing(page(8, 0, NOTE, BUTTON))).isNotEmpty();
    }

    @Test
    void another_colour_is_seen_even_where_it_is_near() {
        assertThat(stored.differing(page(0, 0, PAPER, BUTTON))).isNotEmpty();
        assertThat(stored.differing(page(0, 0, NOTE, new Color(0x1f6f66)))).isNotEmpty();
    }

    @Test
    void what_is_gone_or_longer_is_seen() {
        assertThat(stored.differing(page(0, 0, NOTE, PAPER))).isNotEmpty();
        assertThat(stored.differing(page(0, 0, NOTE, BUTTON).getSubimage(0, 0, 390, 800)))
                .isNotEmpty();
    }
}
