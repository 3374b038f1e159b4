package io.ringcode.login.page;

import io.ringcode.tenant.Branding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's colours as a stylesheet. Whatever colour was set, what is written on it and in it can be read: it is made
 * darker or lighter until the contrast is 4.5 to 1 (WCAG 2.2, 1.4.3), on the light page and on the dark one.
 *
 * @param backdrop what lies behind a light page, as CSS; null for the usual paper
 */
public record Theme(Shade light, Shade dark, @Nullable String backdrop) {
    private static final String USUAL = "#1f4f46";
    /** Of the page and what lies on it, the darkest of the light scheme and the lightest of the dark one: a notice. */
    private static final int LIGHT_PAGE = 0xf4f1e8;

    private static final int DARK_PAGE = 0x1d2124;
    private static final double READABLE = 4.5;

    /**
     * The tenant's colour as it is shown in one scheme.
     *
     * @param accent such as {@code #1f4f46}
     * @param ink of what is written on it
     */
    public record Shade(String accent, String ink) {
        private String css() {
            return "--accent:" + accent + ";--on-accent:" + ink;
        }
    }

    public static Theme of(Branding branding) {
        var colors = branding.colors();
        var primary = color(colors == null ? null : colors.primary());
        var chosen = primary == null ? Integer.parseInt(USUAL.substring(1), 16) : primary;
        return new Theme(shade(chosen, LIGHT_PAGE), shade(chosen, DARK_PAGE), background(colors));
    }

    String css() {
        var css = ":root{" + light.css() + "}@media(prefers-color-scheme:dark){:root{" + dark.css() + "}}";
        return backdrop == null ? css : css + "@media(prefers-color-scheme:light){:root{--backdrop:" + backdrop + "}}";
    }

    /** For elements that show how the pages look: a selector for those in the light scheme, and one for the dark. */
    public String css(String inLight, String inDark) {
        return inLight + "{" + light.css() + (backdrop == null ? "" : ";--backdrop:" + backdrop) + "}" + inDark + "{"
                + dark.css() + "}";
    }

    private static Shade shade(int chosen, int page) {
        var accent = readable(chosen, page);
        var ink = contrast(0xffffff, accent) >= READABLE ? 0xffffff : 0x101214;
        return new Shade(hex(accent), hex(ink));
    }

    /** Only in the light scheme: a dark page of its own keeps the contrast that the texts count on. */
    private static @Nullable String background(Branding.@Nullable Colors colors) {
        if (colors == null || colors.pageBackground() == null) return null;
        var set = colors.pageBackground();
        if (set.isString()) {
            var color = color(set.stringValue());
            return color == null ? null : hex(color);
        }
        var start = color(set.path("start").asString(""));
        var end = color(set.path("end").asString(""));
        if (start == null || end == null) return null;
        var angle = Math.floorMod(set.path("angle_deg").asInt(0), 360);
        return "linear-gradient(" + angle + "deg," + hex(start) + "," + hex(end) + ")";
    }

    String version() {
        return Integer.toHexString(css().hashCode());
    }

    private static int readable(int color, int page) {
        var lighter = luminance(page) < 0.5;
        var readable = color;
        for (int step = 0; step < 40 && contrast(readable, page) < READABLE; step++) readable = mix(readable, lighter);
        return readable;
    }

    private static int mix(int color, boolean lighter) {
        var target = lighter ? 255 : 0;
        var mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            var part = color >> shift & 0xff;
            mixed |= (part + (target - part) / 12 + Integer.signum(target - part)) << shift;
        }
        return mixed;
    }

    static double contrast(int one, int other) {
        var a = luminance(one) + 0.05;
        var b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(int color) {
        return 0.2126 * linear(color >> 16 & 0xff) + 0.7152 * linear(color >> 8 & 0xff) + 0.0722 * linear(color & 0xff);
    }

    private static double linear(int part) {
        var share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static @Nullable Integer color(@Nullable String text) {
        if (text == null) return null;
        var hex = text.strip();
        if (hex.matches("#[0-9A-Fa-f]{3}")) hex = hex.replaceAll("([0-9A-Fa-f])", "$1$1");
        return hex.matches("#[0-9A-Fa-f]{6}") ? Integer.valueOf(hex.substring(1), 16) : null;
    }

    private static String hex(int color) {
        return String.format(Locale.ROOT, "#%06x", color);
    }
}
