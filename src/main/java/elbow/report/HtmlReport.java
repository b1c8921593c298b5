package elbow.report;

import elbow.base.Check;
import elbow.model.HistoryEntry;
import elbow.model.LatentUse;
import elbow.quality.TableQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports, of a training run, a batch, a search for settings or a synthetic table, as one self-contained HTML file. */
public final class HtmlReport {
    static {
        // Before any AWT class settles it: a DISPLAY that does not answer, as over a dropped ssh connection, would
        // end the run.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private HtmlReport() {}

    /**
     * The page: to be written as UTF-8. The same report gives the same page. No script, no reference to anything
     * outside the file; every text of {@code report} is escaped. Values that are not finite are left out of charts and
     * shown as a dash.
     */
    public static String render(TrainingReport report) {
        List<Html> sections = new ArrayList<>();
        sections.add(glance(report));
        sections.add(new TrainingSection(report.history(), report.kept()).section());
        report.gaps()
                .ifPresent(gaps -> sections.add(
                        Page.section("gap", "Prior and posteriors", List.of(LatentChart.gaps(gaps, "gap-chart")))));
        report.scores().ifPresent(scores -> sections.add(scores(scores)));
        report.images().ifPresent(images -> sections.addAll(images(images)));
        if (!report.columns().isEmpty()) {
            sections.add(ColumnSection.section(report.columns()));
        }
        sections.add(Guide.section(
                report.measure(), report.scoredColumns(), report.keptEntry().elbo()));
        Html subtitle = Html.of("Model <code>{}</code>", report.modelId());
        return Page.of(report.title(), subtitle, sections);
    }

    /** The page of a batch, as {@link #render(TrainingReport)} is that of a training run. */
    public static String render(BatchReport report) {
        return new BatchHtml(report).render();
    }

    /** The page of a synthetic table, as {@link #render(TrainingReport)} is that of a training run. */
    public static String render(String title, TableQuality quality) {
        return new QualityHtml(quality).render(title);
    }

    /** The page of a search for settings, as {@link #render(TrainingReport)} is that of a training run. */
    public static String render(TuningReport report) {
        return new TuningHtml(report).render();
    }

    /**
     * How training went, as its report shows it: curves, the use of the latents and a table.
     *
     * @param kept index in {@code history} of the state that became the model
     */
    public static Html training(List<HistoryEntry> history, int kept) {
        Check.argument(kept >= 0 && kept < history.size(), "kept", "lie in 0.." + (history.size() - 1), kept);
        return new TrainingSection(history, kept).section();
    }

    /**
     * How anomaly scores are spread around a threshold, in nats.
     *
     * @param scores at least one; those that are not finite are counted and not drawn
     * @param anomalous for each row whether its label says that it is an anomaly; empty without labels
     */
    public static Html scores(double[] scores, double threshold, Optional<boolean[]> anomalous) {
        Check.argument(scores.length > 0, "scores", "have at least one value", scores.length);
        Check.argument(Double.isFinite(threshold), "threshold", "be finite", threshold);
        int labels = anomalous.map(of -> of.length).orElse(scores.length);
        Check.argument(labels == scores.length, "anomalous", "have as many values as scores", labels);
        return new ScoreChart(scores, threshold, anomalous).draw("score-chart");
    }

    /** The table of the strangest rows, the strangest first, in words. */
    public static Html strangest(List<String> keptColumns, List<BatchReport.StrangeRow> rows) {
        return BatchHtml.strangest(keptColumns, rows);
    }

    /** Flagged share and mean ELBO from batch to batch, at least one, ascending by date. */
    public static Html trend(List<BatchReport.PastBatch> batches) {
        Check.argument(!batches.isEmpty(), "batches", "have at least one entry", batches.size());
        return BatchCharts.trend(batches);
    }

    /** How good a synthetic table is, without a page around it. */
    public static Html quality(TableQuality quality) {
        return Html.join(new QualityHtml(quality).sections());
    }

    private static Html glance(TrainingReport report) {
        HistoryEntry kept = report.keptEntry();
        HistoryEntry first = report.history().get(0);
        List<Html> cards = new ArrayList<>();
        cards.add(Page.card("Validation ELBO", Numbers.nats(kept.elbo()), rise(first, kept)));
        cards.add(Page.card(
                "Reconstruction term", Numbers.nats(kept.reconstruction()), "nats per row, higher is better"));
        cards.add(Page.card("KL divergence", Numbers.nats(kept.kl()), "nats per row, the cost of the latent code"));
        cards.add(Page.card("Active units", Numbers.count(kept.activeUnits()), activity(kept.latents())));
        report.scores()
                .ifPresent(scores -> cards.add(Page.card(
                        "Anomaly threshold",
                        Numbers.nats(scores.threshold()),
                        "nats, the " + Numbers.percent(scores.quantile()) + " quantile of held-out scores")));
        Html facts = report.facts().isEmpty() ? Html.NOTHING : Page.facts(report.facts());
        return Page.section("glance", "At a glance", List.of(Page.cards(cards), facts));
    }

    private static String activity(LatentUse latents) {
        String what = "latent dimensions that vary between rows";
        return latents.isCollapsed() ? what + ": the posterior has collapsed, see Training" : what;
    }

    private static String rise(HistoryEntry first, HistoryEntry kept) {
        if (first.step() > 0 || first.equals(kept)) {
            return "nats per row, higher is better";
        }
        return "nats per row, higher is better; " + Numbers.nats(first.elbo()) + " before training";
    }

    private static Html scores(HeldOutScores scores) {
        Html explanation = new Html("""
                <p>Each row that was held out from training has an anomaly score; rows above the threshold are \
                reported as anomalous. On rows like those held out, about the same share will exceed it by chance.</p>""");
        return Page.section(
                "scores", "Anomaly scores", List.of(explanation, new ScoreChart(scores).draw("score-chart")));
    }

    private static List<Html> images(ImagePanel images) {
        List<Html> sections = new ArrayList<>();
        if (images.originals().length > 0) {
            sections.add(Page.section(
                    "reconstructions", "Reconstructions", List.of(new Html("""
                                    <p>Held-out images, each above what the decoder expects from its latent code. What \
                                    is missing below did not fit through the code.</p>"""), ImageGrid.pairs(images))));
        }
        if (images.samples().length > 0) {
            sections.add(Page.section(
                    "samples", "Samples from the prior", List.of(new Html("""
                                    <p>What the decoder expects for latent codes drawn at random. They should look like \
                                    the data without copying it; blurred mixtures of several kinds are common.</p>"""), ImageGrid.samples(images))));
        }
        return sections;
    }
}
