package elbow.report;

import elbow.model.LatentUse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** How much each latent is used: its KL divergence as a bar, the most used one first, and whether it is active. */
final class LatentChart {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 220;

    /** Nats that the chart shows at least: of a collapsed posterior the bars are to look as low as they are. */
    private static final double LEAST_SCALE = 0.25;

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
        XYIntervalSeries active = new XYIntervalSeries("active");
        XYIntervalSeries idle = new XYIntervalSeries("not active");
        List<Integer> order = IntStream.range(0, latents.latents())
                .boxed()
                .sorted(Comparator.comparing((Integer latent) -> -latents.kl().get(latent)))
                .toList();
        for (int i = 0; i < order.size(); i++) {
            int latent = order.get(i);
            double kl = latents.kl().get(latent);
            double place = i + 1.0;
            (latents.isActive(latent) ? active : idle).add(place, place - HALF, place + HALF, kl, kl, kl);
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(active);
        data.addSeries(idle);
        XYBarRenderer renderer = new XYBarRenderer();
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, ChartColour.BLUE.color());
        renderer.setSeriesPaint(1, ChartColour.MUTED.color());
        NumberAxis horizontal = SvgChart.horizontal("latents in order of their KL divergence");
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setRange(0.5, latents.latents() + 0.5);
        NumberAxis vertical = SvgChart.vertical();
        double most = latents.kl().stream()
                .mapToDouble(kl -> kl)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        vertical.setRange(0, Math.max(LEAST_SCALE, 1.05 * most));
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
