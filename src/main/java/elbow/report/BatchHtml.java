package elbow.report;

import elbow.report.BatchReport.Contribution;
import elbow.report.BatchReport.DriftedColumn;
import elbow.report.BatchReport.Driver;
import elbow.report.BatchReport.PastBatch;
import elbow.report.BatchReport.StrangeGroup;
import elbow.report.BatchReport.StrangeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The report of a batch as one self-contained HTML file. */
final class BatchHtml {
    /** Below it, a column is called stable; from {@link #DRIFTED} on, drifted. */
    private static final double STABLE = 0.1;

    private static final double DRIFTED = 0.25;

    /** As many columns explain most of a score. */
    private static final int CONTRIBUTIONS = 5;

    private final BatchReport report;

    BatchHtml(BatchReport report) {
        this.report = report;
    }

    String render() {
        List<Html> sections = new ArrayList<>();
        sections.add(glance());
        if (!report.alarms().isEmpty()) {
            sections.add(alarms());
        }
        if (!report.strangest().isEmpty()) {
            sections.add(strangest());
        }
        if (!report.groups().isEmpty()) {
            sections.add(groups());
        }
        report.images()
                .filter(images -> images.originals().length > 0)
                .ifPresent(images -> sections.add(Page.section(
                        "images", "Strangest images", List.of(new Html("""
                                <p>The strangest image first: each above what the decoder expects from its latent code, and \
                                the difference of the two, the brighter the larger.</p>"""), ImageGrid.differences(images)))));
        sections.add(scores());
        sections.add(drift());
        if (!report.drivers().isEmpty()) {
            sections.add(drivers());
        }
        sections.add(trend());
        sections.add(guide());
        return Page.of(report.title(), Html.of("Model <code>{}</code>", report.modelId()), sections);
    }

    private Html glance() {
        List<Html> cards = new ArrayList<>();
        cards.add(Page.card("Rows scored", Numbers.count(report.rows()), "one score each"));
        cards.add(Page.card(
                "Flagged",
                Numbers.count(report.flagged()),
                Numbers.share(report.flaggedShare()) + " of the rows, above "
                        + report.scores()
                                .map(scores -> "a score of " + Numbers.nats(scores.threshold()) + " nats")
                                .orElse("the thresholds of their groups")));
        cards.add(Page.card(
                "Quarantined",
                report.setAside().isPresent() ? Numbers.count(report.setAside().getAsLong()) : Numbers.MISSING,
                report.setAside().isPresent()
                        ? "rows that could not be read, set aside"
                        : "rows that cannot be read end a batch"));
        cards.add(Page.card("Mean ELBO", Numbers.nats(report.meanElbo()), "nats per row, higher is more usual"));
        cards.add(Page.card(
                "Shift of scores",
                report.scores().map(scores -> Numbers.measured(scores.shift())).orElse(Numbers.MISSING),
                report.scores().isPresent()
                        ? "Kolmogorov-Smirnov distance from held-out rows: 0 is none, 1 is all"
                        : "groups have networks of their own, whose scores do not compare"));
        return Page.section("glance", "At a glance", List.of(Page.cards(cards), Page.facts(report.facts())));
    }

    private Html alarms() {
        List<Html> items = report.alarms().stream()
                .map(alarm -> Html.of("<li>{}</li>", alarm))
                .toList();
        return Page.section("alarms", "Alarms", List.of(new Html("""
                                <p>These rows are not like those that the model was trained on. Find out what has changed in \
                                the data before you trust their scores.</p>"""), Html.of("<ul>\n{}\n</ul>", Html.join(items))));
    }

    /** The rows with the highest scores, the highest first, and what makes them strange if that is known. */
    static Html strangest(List<String> keptColumns, List<StrangeRow> rows) {
        boolean explained = rows.stream().anyMatch(row -> !row.contributions().isEmpty());
        List<Html> headings = new ArrayList<>(
                Page.numberHeadings("Score (nats)", "Normal rows as strange").toList());
        headings.addAll(Page.textHeadings("Flagged").toList());
        headings.addAll(Page.textHeadings(keptColumns.toArray(String[]::new)).toList());
        if (explained) {
            headings.addAll(Page.textHeadings("What makes it strange (by how many nats)")
                    .toList());
        }
        return Page.table(
                "Strangest rows",
                headings,
                rows.stream().map(row -> row(row, explained)).toList());
    }

    private Html strangest() {
        String note = "The rows that are least like those of training"
                + (isExplained() ? ", and what in each of them is not as it is in those." : ".")
                + (report.keptColumns().isEmpty() ? " To tell which they are, let batch.keep name columns." : "");
        return Page.section(
                "strangest",
                "Strangest rows",
                List.of(Html.of("<p>{}</p>", note), strangest(report.keptColumns(), report.strangest())));
    }

    private static Html row(StrangeRow row, boolean explained) {
        List<Html> cells = new ArrayList<>();
        cells.add(Html.of("<th scope=\"row\" class=\"number\">{}</th>", Numbers.nats(row.anomalyScore())));
        cells.add(Page.number(Numbers.share(row.tailProbability())));
        cells.add(Html.of("<td>{}</td>", row.flagged() ? "yes" : "no"));
        row.kept().forEach(value -> cells.add(Html.of("<td>{}</td>", value)));
        if (explained) {
            cells.add(Html.of("<td class=\"words\">{}</td>", StrangeWords.of(row.contributions(), CONTRIBUTIONS)));
        }
        return Html.of("<tr>{}</tr>", Html.join(cells));
    }

    private Html groups() {
        List<Html> headings = Stream.of(
                        Page.textHeadings("Columns that make them strange"),
                        Page.numberHeadings("Rows", "Of the flagged", "Mean score (nats)"),
                        Page.textHeadings("The strangest of them"))
                .flatMap(heading -> heading)
                .toList();
        return Page.section(
                "groups",
                "Flagged rows that are alike",
                List.of(
                        new Html("""
                                <p>Flagged rows that the same columns make strange are often one event. Each row is in one \
                                group.</p>"""),
                        Page.table(
                                "Flagged rows by the columns that make them strange",
                                headings,
                                report.groups().stream().map(this::group).toList())));
    }

    private Html group(StrangeGroup group) {
        String columns =
                group.columns().isEmpty() ? "the combination of all values" : String.join(", ", group.columns());
        return Html.of(
                "<tr><th scope=\"row\">{}</th>{}{}{}<td class=\"words\">{}</td></tr>",
                columns,
                Page.number(Numbers.count(group.rows())),
                Page.number(Numbers.share((double) group.rows() / report.flagged())),
                Page.number(Numbers.nats(group.anomalyScore())),
                StrangeWords.of(group.example(), CONTRIBUTIONS));
    }

    private Html drivers() {
        List<Html> headings = Stream.concat(
                        Page.textHeadings("Column"),
                        Page.numberHeadings("Flagged rows", "Of the flagged", "Batches", "In this batch"))
                .toList();
        return Page.section(
                "drivers",
                "Columns that drive anomalies",
                List.of(
                        Html.of(
                                "<p>Of how many flagged rows a column explains more than any other does, over the batches from"
                                        + " {} to {}.</p>",
                                report.trend().get(0).date(),
                                report.trend().get(report.trend().size() - 1).date()),
                        Page.table(
                                "Columns that drive anomalies",
                                headings,
                                report.drivers().stream().map(BatchHtml::driver).toList())));
    }

    private static Html driver(Driver driver) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th>{}{}{}{}</tr>",
                driver.column(),
                Page.number(Numbers.count(driver.rows())),
                Page.number(Numbers.share(driver.share())),
                Page.number(Numbers.count(driver.batches())),
                Page.number(Numbers.count(driver.now())));
    }

    private Html scores() {
        return report.scores()
                .map(BatchHtml::scores)
                .orElseGet(() -> Page.section("scores", "Scores against training", List.of(new Html("""
                                <p>Groups of rows have networks of their own, and the scores of one network do not compare \
                                with those of another: there is no chart of all of them, and no shift.</p>"""))));
    }

    private static Html scores(ScoreHistogram scores) {
        List<String> words = new ArrayList<>();
        if (scores.batchAbove() > 0) {
            words.add("Beyond the right edge of the chart: " + Numbers.share(scores.batchAbove()) + " of the batch.");
        }
        if (scores.batchBelow() > 0) {
            words.add("Beyond the left edge of the chart: " + Numbers.share(scores.batchBelow()) + " of the batch.");
        }
        words.add("The largest difference between the two shares of rows below a score is "
                + Numbers.measured(scores.shift()) + ".");
        return Page.section(
                "scores",
                "Scores against training",
                List.of(new Html("""
                                <p>How the batch's anomaly scores are spread, and how those of rows that were held out \
                                from training. If the two part, the batch is not like the data of training, and the threshold \
                                flags another share than it was set to.</p>"""), BatchCharts.scores(scores), Html.of("<p>{}</p>", String.join(" ", words))));
    }

    private Html drift() {
        if (!report.driftOmitted().isEmpty()) {
            return Page.section("drift", "Drift per column", List.of(Html.of("<p>{}</p>", report.driftOmitted())));
        }
        List<DriftedColumn> sorted = report.drift().stream()
                .sorted(Comparator.comparingDouble(DriftedColumn::psi).reversed())
                .toList();
        List<Html> headings = Stream.of(
                        Page.textHeadings("Column"),
                        Page.numberHeadings("PSI", "By chance"),
                        Page.textHeadings("Reading", "Widest change"),
                        Page.numberHeadings("Missing in training", "Missing now", "New to training"))
                .flatMap(heading -> heading)
                .toList();
        return Page.section(
                "drift",
                "Drift per column",
                List.of(
                        new Html("""
                                <p>The population stability index (PSI) compares the shares of a column's ranges of values in \
                                the batch with those in training. By a rule of thumb, below 0.1 is stable, above 0.25 has \
                                drifted; as much as stands under "by chance" is to be expected without any drift. New to training are \
                                categories that it did not have, and numbers below its smallest or above its largest.</p>"""),
                        Page.table(
                                "Drift per column, the largest first",
                                headings,
                                sorted.stream().map(BatchHtml::drifted).toList())));
    }

    private static Html drifted(DriftedColumn column) {
        String change = column.widest() + ": " + Numbers.share(column.widestBefore()) + " → "
                + Numbers.share(column.widestNow());
        return Html.of(
                """
                <tr><th scope="row">{}</th>{}{}<td>{}</td><td class="change">{}</td>{}{}{}</tr>""",
                column.column(),
                Page.number(Numbers.measured(column.psi())),
                Page.number(Numbers.measured(column.chance())),
                reading(column),
                change,
                Page.number(Numbers.share(column.missingBefore())),
                Page.number(Numbers.share(column.missing())),
                Page.number(Numbers.share(column.beyond())));
    }

    // A small batch has an index above the rule of thumb by chance alone.
    private static String reading(DriftedColumn column) {
        if (column.psi() < STABLE || column.psi() < 2 * column.chance()) {
            return "stable";
        }
        return column.psi() < DRIFTED ? "moved" : "drifted";
    }

    private Html trend() {
        List<Html> rows = newestFirst().stream().map(BatchHtml::past).toList();
        List<Html> headings = Stream.concat(
                        Page.textHeadings("Date"),
                        Page.numberHeadings("Rows", "Flagged", "Mean ELBO (nats)", "Shift of scores"))
                .toList();
        Html charts = report.trend().size() < 2
                ? new Html("<p>The first batch of this model: a trend needs a second one.</p>")
                : BatchCharts.trend(report.trend());
        return Page.section("trend", "Past batches", List.of(charts, Page.table("Past batches", headings, rows)));
    }

    private List<PastBatch> newestFirst() {
        return report.trend().stream()
                .sorted(Comparator.comparing(PastBatch::date).reversed())
                .toList();
    }

    private static Html past(PastBatch batch) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th>{}{}{}{}</tr>",
                batch.date(),
                Page.number(Numbers.count(batch.rows())),
                Page.number(Numbers.share(batch.flaggedShare())),
                Page.number(Numbers.nats(batch.meanElbo())),
                Page.number(Numbers.measured(batch.shift())));
    }

    private Html guide() {
        List<Html> words = new ArrayList<>();
        words.add(new Html("""
                <p>The model has learned from earlier rows which values are usual, and which of them go together. The \
                score of a row says how far it is from that: the higher, the stranger. Rows above the threshold are \
                flagged: not because they must be wrong, but because they are the ones to look at first. "Normal rows \
                as strange" is the share of usual rows that would score as high.</p>"""));
        if (isExplained()) {
            words.add(new Html("""
                <p>Why a row is strange is said column by column: the value that was found, the value that the model \
                expects in such a row, which values most rows of training have ("usual"), and in brackets how much of the \
                score comes from the value. A value that is usual by itself is strange beside the others of its row. Long numbers are rounded. Scores are \
                counted in nats: with each one a row becomes 2.7 times less likely. Where it is the combination that is \
                unusual, each value may be common by itself, and yet not together with the others.</p>"""));
        }
        return Page.section("guide", "How to read this", words);
    }

    private boolean isExplained() {
        return !report.groups().isEmpty()
                || report.strangest().stream()
                        .anyMatch(row -> !row.contributions().isEmpty());
    }

    /** Says what makes a row strange to those who have never heard of the model. */
    private static final class StrangeWords {
        private static final String LATENT = "latent";
        private static final String OTHER = "other";

        private StrangeWords() {}

        /** What raises a score, the largest part first, one on each line; parts that lower it are left out. */
        static Html of(List<Contribution> parts, int most) {
            return Html.join(parts.stream()
                    .filter(part -> part.nats() > 0)
                    .limit(most)
                    .map(part -> Html.of("<div>{} (+{})</div>", sentence(part), Numbers.nats(part.nats())))
                    .toList());
        }

        /** One part in words: "heart rate is 190; about 141 was expected". */
        static Html sentence(Contribution part) {
            boolean silent = part.observed().isEmpty() && part.expected().isEmpty();
            if (silent && part.column().equals(LATENT)) {
                return new Html("<strong>the combination</strong> of all values is unusual");
            }
            if (silent && part.column().equals(OTHER)) {
                return new Html("<strong>all other columns</strong> together");
            }
            if (silent) {
                return Html.of("<strong>{}</strong>", part.column());
            }
            String found = part.observed().isEmpty() ? "has no value" : "is " + Numbers.shortened(part.observed());
            String usual = part.usual().isEmpty() ? "" : ", usual is " + part.usual();
            return Html.of("<strong>{}</strong> {}{}{}", part.column(), found, expected(part.expected()), usual);
        }

        private static String expected(String expected) {
            if (expected.isEmpty()) {
                return "";
            }
            return "; " + (expected.matches("[-0-9.Ee]+") ? "about " : "") + expected + " was expected";
        }
    }
}
