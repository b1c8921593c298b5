package elbow.report;

import elbow.model.HistoryEntry;
import elbow.model.LatentUse;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How training went: curves, and the same values as a table. */
final class TrainingSection {
    /** A longer history is thinned out to about as many rows, ends included. */
    private static final int TABLE_ROWS = 30;

    private final List<HistoryEntry> history;
    private final int kept;
    private final TrainingTime time;

    /** @param kept index in {@code history} of the state that became the model */
    TrainingSection(List<HistoryEntry> history, int kept) {
        this.history = List.copyOf(history);
        this.kept = kept;
        time = new TrainingTime(this.history);
    }

    Html section() {
        CurveChart chart = new CurveChart(time, kept);
        Html elbo = chart.draw(
                "elbo-chart",
                "ELBO",
                "nats per row (higher is better)",
                920,
                330,
                List.of(
                        new Curve("validation rows", ChartColour.BLUE, false, values(HistoryEntry::elbo)),
                        new Curve("training rows", ChartColour.ORANGE, true, values(HistoryEntry::trainingElbo))));
        Html reconstruction = chart.draw(
                "reconstruction-chart",
                "Reconstruction term",
                "nats per row (higher is better)",
                450,
                270,
                List.of(new Curve("validation rows", ChartColour.GREEN, false, values(HistoryEntry::reconstruction))));
        Html kl = chart.draw(
                "kl-chart",
                "KL divergence",
                "nats per row",
                450,
                270,
                List.of(new Curve("validation rows", ChartColour.PURPLE, false, values(HistoryEntry::kl))));
        return Page.section(
                "training",
                "Training",
                List.of(elbo, Page.sideBySide(List.of(reconstruction, kl)), new Html("""
                                <p>All values are means over rows. Training rows that stay well above the validation rows \
                                are a sign of overfitting. The KL divergence says how much the latent code says about a row: \
                                it is neither good nor bad by itself, but near 0 the code is ignored (posterior \
                                collapse).</p>"""), latents(), table()));
    }

    private Html latents() {
        LatentUse latents = history.get(kept).latents();
        return latents.latents() == 0 ? Html.NOTHING : new LatentChart(latents).draw("latent-chart");
    }

    private double[] values(ToDoubleFunction<HistoryEntry> value) {
        return history.stream().mapToDouble(value).toArray();
    }

    private Html table() {
        int step = Math.max(1, (history.size() + TABLE_ROWS - 1) / TABLE_ROWS);
        List<Html> rows = IntStream.range(0, history.size())
                .filter(i -> i % step == 0 || i == history.size() - 1 || i == kept)
                .mapToObj(this::row)
                .toList();
        String caption = step == 1 ? "Training history" : "Training history, every " + step + " entries";
        return Page.table(
                caption,
                Page.numberHeadings(
                                "Epoch",
                                "Round",
                                "Rows seen",
                                "Time (s)",
                                "ELBO",
                                "Reconstruction",
                                "KL",
                                "ELBO, training rows",
                                "Active units",
                                "Rows per second")
                        .toList(),
                rows);
    }

    private Html row(int index) {
        HistoryEntry entry = history.get(index);
        List<String> values = List.of(
                Numbers.count(entry.round()),
                Numbers.count(entry.examples()),
                Numbers.seconds(entry.seconds()),
                Numbers.nats(entry.elbo()),
                Numbers.nats(entry.reconstruction()),
                Numbers.nats(entry.kl()),
                Numbers.nats(entry.trainingElbo()),
                Numbers.count(entry.activeUnits()),
                rate(entry.examplesPerSecond()));
        return Html.of(
                "<tr{}><th scope=\"row\" class=\"number\">{}{}</th>{}</tr>",
                index == kept ? new Html(" class=\"kept\"") : Html.NOTHING,
                index == kept ? "kept: " : "",
                Numbers.count(entry.epoch()),
                Html.join(values.stream().map(Page::number).toList()));
    }

    private static String rate(double examplesPerSecond) {
        return examplesPerSecond > 0 && Double.isFinite(examplesPerSecond)
                ? Numbers.count(Math.round(examplesPerSecond))
                : Numbers.MISSING;
    }
}
