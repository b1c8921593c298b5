package elbow.report;

import elbow.model.LatentGap;
import elbow.model.LatentGaps;
import elbow.model.LatentUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Latents as bars, the highest first: how much each is used, by its KL divergence and whether it is active, and how far
 * the prior is from the posteriors.
 */
final class LatentChart {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 220;

    /** Nats that the chart shows at least: of a collapsed posterior the bars are to look as low as they are. */
    private static final double LEAST_SCALE = 0.25;

    /** Distance that the chart shows at least: with a few hundred draws less is chance. */
    private static final double LEAST_DISTANCE = 0.1;

    /** Share of draws near their own kind above which made rows suffer. */
    private static final double WIDE_GAP = 0.6;

    /** Half of a bar's width, where bars stand one apart. */
    private static final double HALF = 0.4;

    private final LatentUse latents;

    LatentChart(LatentUse latents) {
        this.latents = latents;
    }

    /**
     * The chart with what it means in words; without the KL by latent the words alone.
     *
     * @param id unique in the page
     */
    Html draw(String id) {
        if (latents.kl().isEmpty()) {
            return Html.of("<p>{} {}</p>", inWords(), collapse());
        }
        Html chart = SvgChart.draw(plot(), id, WIDTH, HEIGHT, "KL divergence of each latent. " + inWords());
        Html figure = SvgChart.figure(
                "KL divergence by latent",
                "nats per row, the most used latent first",
                List.of(
                        SvgChart.key("bar", ChartColour.BLUE, "active"),
                        SvgChart.key("bar", ChartColour.MUTED, "not active")),
                chart);
        return Html.join(List.of(figure, Html.of("<p>{} {}</p>", inWords(), collapse())));
    }

    private XYPlot plot() {
        return bars(
                List.of(latents.kl()),
                (series, latent) -> latents.isActive(latent) ? 0 : 1,
                "latents in order of their KL divergence",
                LEAST_SCALE);
    }

    /**
     * How far what latents are drawn from is from the posteriors, with what it means in words: the prior, and what was
     * fitted in its place.
     *
     * @param id unique in the page
     */
    static Html gaps(LatentGaps gaps, String id) {
        LatentGap gap = gaps.prior();
        String words = "Of " + Numbers.count(gap.draws()) + " draws from posteriors and as many from the prior, "
                + Numbers.percent(gap.alike()) + " have one of their own kind as the nearest"
                + gaps.fitted()
                        .map(fitted -> "; of draws from what takes its place, " + Numbers.percent(fitted.alike()) + ".")
                        .orElse(".");
        List<List<Double>> series = new ArrayList<>(List.of(gap.distances()));
        List<Html> keys = new ArrayList<>(List.of(SvgChart.key("bar", ChartColour.BLUE, "prior")));
        gaps.fitted().ifPresent(fitted -> {
            series.add(fitted.distances());
            keys.add(SvgChart.key("bar", ChartColour.MUTED, "fitted density"));
        });
        Html chart = SvgChart.draw(
                bars(
                        series,
                        (ofSeries, latent) -> ofSeries,
                        "latents in order of the prior's distance",
                        LEAST_DISTANCE),
                id,
                WIDTH,
                HEIGHT,
                "Distance of the posteriors from the prior by latent. " + words);
        Html figure = SvgChart.figure(
                "Distance of prior and posteriors by latent",
                "largest difference of the distribution functions, held-out rows",
                keys,
                chart);
        boolean apart = gaps.fitted().orElse(gap).alike() > WIDE_GAP;
        return Html.join(List.of(
                figure,
                Html.of(
                        "<p>{} 50 % is what two samples of one distribution have, 100 % what lies apart. The decoder has"
                                + " learned from latents of the posteriors: the less alike are those that rows are made"
                                + " from, the less are made rows like the data. Scores go by the prior. {}.{}</p>",
                        words,
                        gaps.words(),
                        apart
                                ? Html.of(" <strong>They are not alike.</strong> For making rows try a prior that is"
                                        + " learned (<code>model.prior</code>).")
                                : Html.NOTHING)));
    }

    // In the order of the first series, the highest first; those of several stand beside each other.
    private static XYPlot bars(List<List<Double>> series, IntBinaryOperator colour, String label, double leastScale) {
        XYIntervalSeries blue = new XYIntervalSeries("blue");
        XYIntervalSeries muted = new XYIntervalSeries("muted");
        List<Double> values = series.get(0);
        List<Integer> order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing((Integer latent) -> -values.get(latent)))
                .toList();
        double width = 2 * HALF / series.size();
        for (int i = 0; i < order.size(); i++) {
            for (int s = 0; s < series.size(); s++) {
                double value = series.get(s).get(order.get(i));
                double left = i + 1.0 - HALF + s * width;
                (colour.applyAsInt(s, order.get(i)) == 0 ? blue : muted)
                        .add(left + width / 2, left, left + width, value, value, value);
            }
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(blue);
        data.addSeries(muted);
        XYBarRenderer renderer = new XYBarRenderer();
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, ChartColour.BLUE.color());
        renderer.setSeriesPaint(1, ChartColour.MUTED.color());
        NumberAxis horizontal = SvgChart.horizontal(label);
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setRange(0.5, values.size() + 0.5);
        NumberAxis vertical = SvgChart.vertical();
        double most = series.stream()
                .flatMap(List::stream)
                .mapToDouble(value -> value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        vertical.setRange(0, Math.max(leastScale, 1.05 * most));
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        SvgChart.style(plot);
        return plot;
    }

    private String inWords() {
        String active = Numbers.count(latents.activeUnits()) + " of " + Numbers.count(latents.latents(), "latent")
                + (latents.activeUnits() == 1 ? " is" : " are")
                + " active: the posterior mean varies between rows, with a variance above "
                + LatentUse.ACTIVE_VARIANCE + ".";
        Optional<Double> most = latents.kl().stream().max(Comparator.naturalOrder());
        return active
                + most.map(kl -> " The most used one has a KL divergence of " + Numbers.nats(kl) + " nats.")
                        .orElse(" The KL divergence is known by samples, not by latent.");
    }

    private Html collapse() {
        return latents.isCollapsed()
                ? Html.of(
                        "<strong>The posterior has collapsed: less than {} of the latents are active, so that they tell"
                                + " little of a row.</strong> Try a longer warm-up of the KL term"
                                + " (<code>objective.kl-schedule</code>, <code>objective.kl-warm-up-steps</code>), free"
                                + " bits (<code>objective.free-bits</code>), a smaller <code>objective.beta</code>, or"
                                + " fewer latents (<code>model.latent-size</code>) if the columns have so little in"
                                + " common.",
                        Numbers.percent(LatentUse.COLLAPSED_BELOW))
                : Html.NOTHING;
    }
}
