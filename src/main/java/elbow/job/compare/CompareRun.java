package elbow.job.compare;

import elbow.base.Parameter;
import elbow.compare.ComparedModel;
import elbow.compare.Comparison;
import elbow.compare.ComparisonHtml;
import elbow.compare.ComparisonJson;
import elbow.compare.ModelComparison;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.compare.ModelComparison.FlagCounts;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import elbow.data.rows.Quarantine;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.data.table.Keys;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.RunPaths;
import elbow.job.console.Console;
import elbow.job.console.Figures;
import elbow.job.console.Table;
import elbow.job.run.RowsToScore;
import elbow.job.run.Session;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The work of {@code report --compare}: two models on the same rows. */
public final class CompareRun {
    /** Columns that the console shows, and columns by which rows are shown if none is asked for. */
    private static final int SHOWN = 20;

    private static final int SHOWN_OF_ROWS = 6;

    private CompareRun() {}

    /** Writes the report, prints the figures, and returns 0. */
    public static int run(CompareRequest request, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, IfExists.REFUSE, hadoop));
        ModelDirectory one = new ModelDirectory(request.first(), hadoop);
        ModelDirectory other = new ModelDirectory(request.second(), hadoop);
        requireApart(request, one, other, quarantine, hadoop);
        ComparedModel first = model(request.first(), one, request);
        ComparedModel second = model(request.second(), other, request);
        RowsToScore rows = rows(request, first, second, quarantine, session);

        ModelComparison comparison = rows.use(good -> Comparison.of(
                good,
                first,
                second,
                request.kept().isEmpty() ? usual(first, second, good) : KnownColumns.named(request.kept(), good)));

        rows.requireAllUsed(comparison.rows());
        warn(comparison, session.console());
        Figures figures = figures(comparison);
        rows.setAside().ifPresent(count -> figures.add("setAside", count));
        session.console().print(table(comparison));
        session.console().print(figures.add("report", request.output()).render());
        request.json()
                .ifPresent(file -> session.writeText(Parameter.JSON.name(), file, ComparisonJson.write(comparison)));
        session.writeText(
                Parameter.OUTPUT.name(), request.output(), ComparisonHtml.render("Two models compared", comparison));
        return 0;
    }

    private static void requireApart(
            CompareRequest request,
            ModelDirectory one,
            ModelDirectory other,
            Optional<Quarantine> quarantine,
            Configuration hadoop) {
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .reads(one.place())
                .reads(other.place());
        quarantine.ifPresent(place -> paths.replaces(place.output()));
        paths.writes(Parameter.OUTPUT, request.output(), hadoop);
        request.json().ifPresent(file -> paths.writes(Parameter.JSON, file, hadoop));
    }

    private static ComparedModel model(String name, ModelDirectory directory, CompareRequest request) {
        TrainedModel model = directory.load();
        return new ComparedModel(
                name, model, request.samples().orElse(model.layer().scoringSamples()));
    }

    private static RowsToScore rows(
            CompareRequest request,
            ComparedModel first,
            ComparedModel second,
            Optional<Quarantine> quarantine,
            Session session) {
        Map<String, FeatureEncoder> encoders = new TreeMap<>();
        encoders.put(first.name(), first.model().encoder());
        encoders.put(second.name(), second.model().encoder());
        KnownColumns known = KnownColumns.of(first.model().encoder(), request.kept())
                .and(KnownColumns.of(second.model().encoder(), request.kept()));
        return new RowsToScore(
                session, request.input(), encoders, request.kept().isEmpty() ? known.withKeys() : known, quarantine);
    }

    // What tells rows apart, an image's file say; then the first columns that both model.
    private static List<String> usual(ComparedModel first, ComparedModel second, Dataset<Row> rows) {
        List<String> keys = Arrays.stream(rows.schema().fields())
                .filter(Keys::isKey)
                .map(StructField::name)
                .toList();
        List<String> ofSecond = columns(second);
        List<String> ofFirst = columns(first);
        return Stream.of(
                        keys.stream(),
                        ofFirst.stream().filter(ofSecond::contains).limit(SHOWN_OF_ROWS),
                        ofFirst.stream().limit(SHOWN_OF_ROWS))
                .flatMap(columns -> columns)
                .distinct()
                .limit(keys.size() + SHOWN_OF_ROWS)
                .toList();
    }

    // But images, which are no text.
    private static List<String> columns(ComparedModel compared) {
        return compared.model().encoder().modelled().stream()
                .filter(feature -> feature.type() != FeatureType.IMAGE)
                .map(Feature::column)
                .toList();
    }

    private static void warn(ModelComparison comparison, Console console) {
        if (!comparison.comparability().isComparable()) {
            console.warning(
                    "the ELBOs do not measure the same, and their difference does not say which model is better: "
                            + String.join(" ", comparison.comparability().objections()));
        }
        comparison.comparability().remarks().forEach(console::note);
        if (comparison.notFinite() > 0) {
            console.warning(comparison.notFinite() + " of " + comparison.rows()
                    + " rows have an ELBO that is not finite under one of the models: they are in no mean, and rank as the"
                    + " strangest");
        }
    }

    private static Table table(ModelComparison comparison) {
        Table table = new Table("column", "A", "B", "B less A", "±", "better");
        List<ColumnDifference> columns = comparison.columns();
        for (ColumnDifference column : columns.subList(0, Math.min(SHOWN, columns.size()))) {
            boolean known = !Double.isNaN(column.difference().value());
            int sign = column.difference().sign();
            table.row(
                    column.column(),
                    number(column.first()),
                    number(column.second()),
                    number(column.difference().value()),
                    number(column.difference().standardError()),
                    known ? sign == 0 ? "no difference" : sign > 0 ? "B" : "A" : "-");
        }
        return table;
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "-";
    }

    private static Figures figures(ModelComparison comparison) {
        FlagCounts flags = comparison.flags();
        Figures figures = new Figures().add("rows", comparison.rows());
        if (comparison.notFinite() > 0) {
            figures.add("notFinite", comparison.notFinite());
        }
        return figures.add("elboA", comparison.first().elbo().value())
                .add("elboB", comparison.second().elbo().value())
                .add("elboDifference", comparison.difference().mean().value())
                .add(
                        "elboDifferenceStandardError",
                        comparison.difference().mean().standardError())
                .add("comparable", comparison.comparability().isComparable() ? "yes" : "no")
                .add("higherInA", comparison.difference().lower())
                .add("higherInB", comparison.difference().higher())
                .add("rankCorrelation", comparison.rankCorrelation())
                .add("flaggedByBoth", flags.both())
                .add("flaggedByA", flags.both() + flags.onlyFirst())
                .add("flaggedByB", flags.both() + flags.onlySecond())
                .add("flaggedOverlap", flags.overlap())
                .add("modelIdA", comparison.first().modelId())
                .add("modelIdB", comparison.second().modelId());
    }
}
