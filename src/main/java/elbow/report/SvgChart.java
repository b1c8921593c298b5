package elbow.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Draws a chart in the report's style as SVG that belongs to the page: its fonts, its colours, light or dark. */
public final class SvgChart {
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    static final Color TRANSPARENT = new Color(0, 0, 0, 0);

    /** Of a curve. */
    static final BasicStroke LINE = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** Of a threshold, across the chart. */
    static final BasicStroke THRESHOLD_LINE =
            new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5, 3}, 0f);

    /** Java's text measures fail without an installed font, as in a small container; a run must not fail with them. */
    private static final boolean HAS_FONTS = hasFonts();

    private static final BasicStroke HAIRLINE = new BasicStroke(1f);
    private static final Pattern CLIP_ID = Pattern.compile("clip-?\\d+");
    private static final Pattern INSTALLED_FONT = Pattern.compile("font-family:(?:&quot;[^&]*&quot;|[^;&\"]*);");
    private static final Pattern ATTRIBUTE = Pattern.compile("=\"[^\"]*\"");
    private static final Pattern LONG_FRACTION = Pattern.compile("-?\\d+\\.\\d{3,}(?:E-?\\d+)?");

    private SvgChart() {}

    /** The horizontal axis; {@code label} names the quantity and its unit. */
    static NumberAxis horizontal(String label) {
        NumberAxis axis = vertical();
        axis.setLabel(label);
        return axis;
    }

    /** The vertical axis. Its label stands above the chart, where it reads without tilting the head. */
    static NumberAxis vertical() {
        NumberAxis axis = new NumberAxis();
        axis.setLabelFont(LABEL);
        axis.setTickLabelFont(LABEL);
        axis.setLabelPaint(ChartColour.MUTED.color());
        axis.setTickLabelPaint(ChartColour.MUTED.color());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setNumberFormatOverride(Numbers.axis());
        axis.setAutoRangeIncludesZero(false);
        axis.setLabelInsets(new RectangleInsets(4, 4, 4, 4));
        return axis;
    }

    /** Gives the plot the report's background and grid lines. */
    static void style(XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(ChartColour.GRID.color());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(8, 0, 0, 14));
    }

    /**
     * The plot as an inline SVG element; on a machine without fonts, the alternative text.
     *
     * @param id unique in the page: names inside the drawing start with it
     * @param width of the drawing's own coordinates, in CSS pixels; the page scales it
     * @param alternative what the chart shows, for those who cannot see it
     */
    static Html draw(XYPlot plot, String id, int width, int height, String alternative) {
        if (!HAS_FONTS) {
            return Html.of("<p>Not drawn, because Java found no fonts on the machine. {}</p>", alternative);
        }
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        VectorGraphics2D graphics = new PageFontGraphics();
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        return Html.of(
                "<svg class=\"chart\" style=\"min-width:{}px\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{}</svg>",
                width * 2 / 3,
                width,
                height,
                alternative,
                new Html(inPageStyle(body(graphics, width, height), id)));
    }

    /** A chart under its title, the label of its vertical axis and its legend. */
    public static Html figure(String title, String verticalLabel, List<Html> legend, Html chart) {
        return Html.of("""
                <figure>
                <figcaption><strong>{}</strong> <span class="axis">{}</span> {}</figcaption>
                {}
                </figure>""", title, verticalLabel, Html.join(legend), chart);
    }

    /** An entry of a legend; {@code mark} is a class of the style sheet: solid, dashed, dotted or bar. */
    public static Html key(String mark, ChartColour colour, String name) {
        return Html.of(
                "<span class=\"key\"><i class=\"{}\" style=\"color:{}\"></i>{}</span>", mark, colour.variable(), name);
    }

    private static boolean hasFonts() {
        try {
            return !LABEL.getFamily().isEmpty();
        } catch (LinkageError | InternalError | RuntimeException e) {
            // The three ways in which Java says so: no FreeType, no fontconfig, no font file.
            return false;
        }
    }

    /** What stands between the svg tags. */
    private static String body(VectorGraphics2D graphics, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new SVGProcessor()
                    .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height))
                    .writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a chart could not be written to memory", e);
        }
        String document = bytes.toString(StandardCharsets.UTF_8);
        int start = document.indexOf('>', document.indexOf("<svg")) + 1;
        return document.substring(start, document.lastIndexOf("</svg>"));
    }

    private static String inPageStyle(String svg, String id) {
        String named = CLIP_ID.matcher(svg).replaceAll(match -> id + "-" + match.group());
        named = INSTALLED_FONT.matcher(named).replaceAll("");
        for (ChartColour colour : ChartColour.values()) {
            named = named.replace(colour.literal(), colour.variable());
        }
        return ATTRIBUTE.matcher(named).replaceAll(match -> Matcher.quoteReplacement(rounded(match.group())));
    }

    private static String rounded(String attribute) {
        return LONG_FRACTION
                .matcher(attribute)
                .replaceAll(match -> new BigDecimal(match.group())
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    /** Places text by the widths of the page's font instead of those of a font that happens to be installed here. */
    private static final class PageFontGraphics extends VectorGraphics2D {
        @Override
        public FontMetrics getFontMetrics(Font font) {
            return new PageFontMetrics(font);
        }
    }

    /**
     * Widths of Helvetica (Adobe Font Metrics 3.1, in thousandths of the font size). Arial and Liberation Sans have the
     * same, and the system fonts of the browsers are close.
     */
    private static final class PageFontMetrics extends FontMetrics {
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
}
