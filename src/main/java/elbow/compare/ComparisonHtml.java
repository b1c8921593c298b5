package elbow.compare;

import elbow.compare.ModelComparison.Changed;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.compare.ModelComparison.Difference;
import elbow.compare.ModelComparison.FlagCounts;
import elbow.compare.ModelComparison.Mean;
import elbow.compare.ModelComparison.Side;
import elbow.report.Html;
import elbow.report.Numbers;
import elbow.report.Page;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The report of a comparison of models as one self-contained HTML file. */
public final class ComparisonHtml {
    private final ModelComparison comparison;

    private ComparisonHtml(ModelComparison comparison) {
        this.comparison = comparison;
    }

    /**
     * The page: to be written as UTF-8. The same comparison gives the same page. No script, no reference to anything
     * outside the file; every text is escaped.
     */
    public static String render(String title, ModelComparison comparison) {
        return new ComparisonHtml(comparison).render(title);
    }

    private String render(String title) {
        List<Html> sections = new ArrayList<>();
        sections.add(glance());
        if (!caveats().isEmpty()) {
            sections.add(comparability());
        }
        sections.add(elbo());
        sections.add(columns());
        sections.add(scores());
        sections.add(changed());
        sections.add(guide());
        Html subtitle = Html.of(
                "A: <code>{}</code>, B: <code>{}</code>, on {}",
                comparison.first().name(),
                comparison.second().name(),
                Numbers.count(comparison.rows(), "row"));
        return Page.of(title, subtitle, sections);
    }

    private Html glance() {
        Mean difference = comparison.difference().mean();
        FlagCounts flags = comparison.flags();
        List<Html> cards = List.of(
                Page.card(
                        "Mean ELBO of A", Numbers.nats(comparison.first().elbo().value()), "nats per row"),
                Page.card(
                        "Mean ELBO of B",
                        Numbers.nats(comparison.second().elbo().value()),
                        "nats per row"),
                Page.card(
                        "Difference, B less A",
                        Numbers.nats(difference.value()),
                        "± " + Numbers.measured(difference.standardError()) + " nats per row"
                                + (comparison.comparability().isComparable()
                                        ? "; above 0 B is better"
                                        : "; the two do not measure the same")),
                Page.card(
                        "Rank correlation",
                        Numbers.measured(comparison.rankCorrelation()),
                        "of the anomaly scores: 1 is the same order, 0 none in common"),
                Page.card(
                        "Flagged by both",
                        Numbers.percent(flags.overlap()),
                        "of the " + Numbers.count(flags.both() + flags.onlyFirst() + flags.onlySecond(), "row")
                                + " that any of them flags"));
        List<Html> rows = List.of(
                model("A", comparison.first(), flags.both() + flags.onlyFirst()),
                model("B", comparison.second(), flags.both() + flags.onlySecond()));
        List<Html> headings = Stream.of(
                        Page.textHeadings("Model", "Id", "Network"),
                        Page.numberHeadings("Parameters"),
                        Page.textHeadings("Trained", "Scored"),
                        Page.numberHeadings("Threshold (nats)", "Rows flagged"))
                .flatMap(heading -> heading)
                .toList();
        return Page.section(
                "glance",
                "At a glance",
                List.of(
                        Page.cards(cards),
                        Html.of("<p>{}</p>", verdict()),
                        Page.table("The two models", headings, rows)));
    }

    /** Which model is better, in a sentence. */
    private String verdict() {
        if (!comparison.comparability().isComparable()) {
            return "The ELBOs of the two do not measure the same, and their difference does not say which model is better.";
        }
        Difference difference = comparison.difference();
        if (!difference.mean().isKnown()) {
            return "Which model describes these rows better cannot be said: of fewer than two rows both ELBOs are finite.";
        }
        int sign = difference.mean().sign();
        if (sign == 0) {
            return "Neither model describes these rows better: the difference is within two standard errors.";
        }
        long higher = sign > 0 ? difference.higher() : difference.lower();
        return (sign > 0 ? "B" : "A") + " describes these rows better: by "
                + Numbers.nats(Math.abs(difference.mean().value()))
                + " nats per row on average, and its ELBO is the higher one for "
                + share(higher, measured()) + " of the rows.";
    }

    private long measured() {
        return comparison.rows() - comparison.notFinite();
    }

    private static Html model(String letter, Side side, long flagged) {
        return Html.of(
                "<tr><th scope=\"row\">{}: {}</th><td><code>{}</code></td><td>{}</td>{}<td>{}</td><td>{}</td>{}{}</tr>",
                letter,
                side.name(),
                side.modelId(),
                side.network(),
                Page.number(Numbers.count(side.parameters())),
                side.created().atOffset(ZoneOffset.UTC).toLocalDate(),
                side.samples() == 0 ? "at the posterior mean" : Numbers.count(side.samples(), "sample") + " per row",
                Page.number(Numbers.nats(side.threshold())),
                Page.number(Numbers.count(flagged)));
    }

    private List<String> caveats() {
        List<String> caveats = new ArrayList<>(comparison.comparability().objections());
        caveats.addAll(comparison.comparability().remarks());
        if (comparison.notFinite() > 0) {
            caveats.add(Numbers.count(comparison.notFinite(), "row")
                    + " with an ELBO that is not finite: in no mean here, but flagged and ranked as the strangest.");
        }
        return caveats;
    }

    private Html comparability() {
        List<Html> items =
                caveats().stream().map(text -> Html.of("<li>{}</li>", text)).toList();
        boolean comparable = comparison.comparability().isComparable();
        return Page.section(
                "comparability",
                comparable ? "To bear in mind" : "The ELBOs are not comparable",
                List.of(
                        Html.of(
                                "<p>{}</p>",
                                comparable
                                        ? "The two ELBOs are of the same columns."
                                        : "An ELBO is the likelihood of all columns that a model models. These two are of"
                                                + " different things, as the volume of one box and the area of another:"
                                                + " compare the scores and the rows that are flagged, and let labels decide"
                                                + " (evaluate --label)."),
                        Html.of("<ul>\n{}\n</ul>", Html.join(items))));
    }

    private Html elbo() {
        Difference difference = comparison.difference();
        String words = "The ELBO of " + share(difference.higher(), measured()) + " of the rows is higher under B, of "
                + share(difference.lower(), measured()) + " under A"
                + (difference.equal() == 0
                        ? "."
                        : "; of " + share(difference.equal(), measured()) + " it is the same.");
        boolean comparable = comparison.comparability().isComparable();
        return Page.section(
                "elbo",
                "ELBO by row",
                List.of(
                        new Html(comparable ? """
                                        <p>How much better than A model B describes each row: its ELBO less that of A. Rows \
                                        right of 0 are more likely under B, rows left of it under A.</p>""" : """
                                        <p>The ELBO of B less that of A, by row. The two do not measure the same: no side of \
                                        0 is the better one.</p>"""),
                        ComparisonCharts.differences(difference.bars(), difference.equal(), comparable, words),
                        Html.of("<p>{} {}</p>", words, beyond(difference.bars()))));
    }

    private static String beyond(ModelComparison.Histogram bars) {
        long beyond = bars.below() + bars.above();
        return beyond == 0
                ? ""
                : Numbers.count(beyond, "row") + " beyond the edges of the chart: " + Numbers.count(bars.below())
                        + " on the left, " + Numbers.count(bars.above()) + " on the right.";
    }

    private Html columns() {
        List<Html> rows = new ArrayList<>(
                comparison.columns().stream().map(ComparisonHtml::column).toList());
        rows.add(row(
                "KL divergence",
                "",
                "",
                comparison.first().kl(),
                comparison.second().kl(),
                comparison.kl(),
                comparison.comparability().isComparable()
                        ? better(-comparison.kl().sign())
                        : Numbers.MISSING));
        List<Html> headings = Stream.of(
                        Page.textHeadings("Column", "Likelihood in A", "Likelihood in B"),
                        Page.numberHeadings("A", "B", "B less A", "±"),
                        Page.textHeadings("Better"))
                .flatMap(heading -> heading)
                .toList();
        return Page.section(
                "columns",
                "Columns",
                List.of(new Html("""
                                <p>How likely each model takes the values of a column to be once it has seen the row, in \
                                nats per row: higher is better. Less the KL divergence, which is what the latent code costs \
                                and lower the better, they sum to the ELBO. A difference within two standard errors is none.</p>"""), Page.table("Columns, the largest difference first", headings, rows)));
    }

    private static Html column(ColumnDifference column) {
        boolean unlike = Double.isNaN(column.difference().value());
        return row(
                column.column(),
                column.firstLikelihood(),
                column.secondLikelihood(),
                column.first(),
                column.second(),
                column.difference(),
                unlike ? Numbers.MISSING : better(column.difference().sign()));
    }

    private static Html row(
            String name, String likelihood, String other, double first, double second, Mean difference, String better) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td>{}{}{}{}<td>{}</td></tr>",
                name,
                likelihood,
                other,
                Page.number(Numbers.measured(first)),
                Page.number(Numbers.measured(second)),
                Page.number(Numbers.measured(difference.value())),
                Page.number(Numbers.measured(difference.standardError())),
                better);
    }

    private static String better(int sign) {
        return sign == 0 ? "no difference" : sign > 0 ? "B" : "A";
    }

    private Html scores() {
        FlagCounts flags = comparison.flags();
        long all = comparison.rows();
        List<Html> rows = List.of(
                flag("Both", flags.both(), all),
                flag("A alone", flags.onlyFirst(), all),
                flag("B alone", flags.onlySecond(), all),
                flag("None", flags.neither(), all));
        List<Html> headings = Stream.concat(Page.textHeadings("Flagged by"), Page.numberHeadings("Rows", "Of all rows"))
                .toList();
        return Page.section(
                "scores",
                "Anomaly scores",
                List.of(
                        new Html("""
                                <p>Each row by the score that A and the score that B gives it. Lines are the thresholds: what \
                                is above B's and left of A's is flagged by B alone. The scores of two models have no common \
                                scale; their order can be compared.</p>"""),
                        ComparisonCharts.scores(comparison),
                        Page.table("Rows by who flags them", headings, rows)));
    }

    private static Html flag(String by, long rows, long all) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th>{}{}</tr>",
                by,
                Page.number(Numbers.count(rows)),
                Page.number(share(rows, all)));
    }

    private Html changed() {
        List<Html> content = new ArrayList<>();
        content.add(Html.of(
                "<p>Rows that one model flags and the other does not, the strangest to the one that flags them first. Columns"
                        + " of the input to show them by: <code>--keep</code>.</p>"));
        content.add(changed("A", comparison.onlyFirst(), comparison.flags().onlyFirst()));
        content.add(changed("B", comparison.onlySecond(), comparison.flags().onlySecond()));
        return Page.section("changed", "Rows that changed sides", content);
    }

    private Html changed(String letter, List<Changed> changed, long all) {
        if (changed.isEmpty()) {
            return Html.of("<p>No row is flagged by {} alone.</p>", letter);
        }
        boolean pictures = changed.stream().anyMatch(row -> !row.picture().isEmpty());
        List<Html> headings = Stream.of(
                        Page.numberHeadings("No."),
                        Page.textHeadings(pictures ? new String[] {"Image"} : new String[0]),
                        Page.textHeadings(comparison.shown().toArray(String[]::new)),
                        Page.numberHeadings(
                                "Score of A",
                                "Normal rows as strange to A",
                                "Score of B",
                                "Normal rows as strange to B"))
                .flatMap(heading -> heading)
                .toList();
        String shown = changed.size() < all ? ", the first " + changed.size() + " of " + Numbers.count(all) : "";
        List<Html> rows = new ArrayList<>();
        for (Changed row : changed) {
            rows.add(changed(rows.size() + 1, row, pictures));
        }
        return Page.table("Flagged by " + letter + " alone" + shown, headings, rows);
    }

    private static Html changed(int number, Changed row, boolean pictures) {
        List<Html> cells = new ArrayList<>();
        cells.add(Page.number(Numbers.count(number)));
        if (pictures) {
            cells.add(Html.of(
                    "<td>{}</td>", row.picture().isEmpty() ? Html.NOTHING : Html.of("""
                    <img src="data:image/png;base64,{}" width="56" alt="image of row {}" \
                    style="image-rendering:pixelated">""", row.picture(), number)));
        }
        row.values().forEach(value -> cells.add(Html.of("<td>{}</td>", value.isEmpty() ? Numbers.MISSING : value)));
        cells.add(Page.number(Numbers.nats(row.first())));
        cells.add(Page.number(Numbers.share(row.firstTail())));
        cells.add(Page.number(Numbers.nats(row.second())));
        cells.add(Page.number(Numbers.share(row.secondTail())));
        return Html.of("<tr>{}</tr>", Html.join(cells));
    }

    private static Html guide() {
        return Page.section("guide", "How to read this", List.of(new Html("""
                <p>The ELBO says how likely a model takes a row to be, in nats: one nat more is 2.7 times as likely. Both \
                models see the same rows, so that the difference of two means is known better than each mean: ± is its \
                standard error, and within two of them a difference may be chance.</p>"""), new Html("""
                <p>Rows that a model was trained on flatter it: compare on rows that neither has seen. A higher ELBO makes a \
                better description, not necessarily better alarms; where anomalies are known, \
                <code>evaluate --label</code> measures those.</p>""")));
    }

    private static String share(long part, long all) {
        return all == 0 ? Numbers.MISSING : Numbers.share((double) part / all);
    }
}
