package io.ringcode.login.page;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as a drawing.
 *
 * @param size modules on a side, with the quiet zone of four
 * @param path for SVG: one unit square per dark module
 */
public record Qr(int size, String path) {
    private static final int QUIET = 4;

    static Qr of(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++)
            for (int x = 0; x < code.size; x++) {
                var from = x;
                while (x < code.size && code.getModule(x, y)) x++;
                if (x > from)
                    path.append('M')
                            .append(from + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - from)
                            .append("v1H")
                            .append(from + QUIET)
                            .append('z');
            }
        return new Qr(code.size + 2 * QUIET, path.toString());
    }
}
