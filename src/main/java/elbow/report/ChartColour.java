package elbow.report;

import java.awt.Color;
import java.util.Locale;

/**
 * Colours of the charts. A chart is drawn in the colours for light pages; in the page each becomes a variable of the
 * style sheet, which has a second set for dark pages. The hues are those of Okabe and Ito (2008), which people with any
 * common colour blindness tell apart.
 */
public enum ChartColour {
    /** Text. */
    INK(0x1f2933),
    /** Text that stands back. */
    MUTED(0x5f6b7a),
    /** Lines behind the data. */
    GRID(0xe3e7ec),
    /** What is usual. */
    BLUE(0x0072b2),
    /** A further colour. */
    ORANGE(0xd98200),
    /** A further colour. */
    GREEN(0x00875f),
    /** A further colour. */
    PURPLE(0xa8578a),
    /** What is strange. */
    VERMILION(0xd55e00);

    private final Color color;

    ChartColour(int rgb) {
        color = new Color(rgb);
    }

    Color color() {
        return color;
    }

    /** The colour for areas that lie over one another. */
    Color translucent() {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 150);
    }

    /** The colour in a style sheet: the variable that the page sets by its own being light or dark. */
    public String variable() {
        return "var(--" + name().toLowerCase(Locale.ROOT) + ")";
    }

    /** How the SVG writer spells {@link #color}. */
    String literal() {
        return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
    }
}
