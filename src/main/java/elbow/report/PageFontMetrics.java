package elbow.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.io.Serial;

/**
 * Widths of Helvetica (Adobe Font Metrics 3.1, in thousandths of the font size). Arial and Liberation Sans have the
 * same, and the system fonts of the browsers are close.
 */
final class PageFontMetrics extends FontMetrics {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int FIRST = ' ';
    private static final int OTHER = 584;
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
    };

    PageFontMetrics(Font font) {
        super(font);
    }

    @Override
    public int stringWidth(String text) {
        int thousandths = text.codePoints().map(PageFontMetrics::width).sum();
        return Math.round(thousandths * font.getSize2D() / 1000);
    }

    @Override
    public int getAscent() {
        return Math.round(0.93f * font.getSize2D());
    }

    @Override
    public int getDescent() {
        return Math.round(0.23f * font.getSize2D());
    }

    private static int width(int codePoint) {
        int index = codePoint - FIRST;
        return index >= 0 && index < WIDTHS.length ? WIDTHS[index] : OTHER;
    }
}
