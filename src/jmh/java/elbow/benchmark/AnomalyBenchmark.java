package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.benchmark.LabelledTable.Parts;
import elbow.benchmark.LabelledTable.Protocol;
import elbow.job.EmbeddedCommand;
import elbow.score.RankingMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import scala.Tuple2;

/**
 * How well anomaly scores at default settings rank labelled anomalies: {@code train} and {@code evaluate} as a user
 * calls them, on tables of a directory, beside an isolation forest, the distance to the fifth nearest neighbour and the
 * local outlier factor by twenty of them, on the same rows. No label is seen in training but to leave the anomalies
 * out, and none in scoring.
 */
public final class AnomalyBenchmark implements AutoCloseable {
    private static final int SEEDS = 3;
    private static final int QUICK_SEEDS = 1;
    private static final int CORES = 2;

    /** The tables whose published figures the project compares itself with. */
    private static final List<String> PUBLISHED = List.of(
            "cardio", "mammography", "mnist", "musk", "optdigits", "pageblocks", "pendigits", "shuttle", "vowels");

    private static final String ELBOW = "elbow";
    private static final String FOREST = "isolation_forest";
    private static final String NEAREST = "nearest_neighbours";
    private static final String FACTOR = "local_outlier_factor";
    private static final List<String> DETECTORS = List.of(ELBOW, FOREST, NEAREST, FACTOR);

    private final LocalCluster cluster = new LocalCluster(CORES);
    private final Path directory;
    private final int seeds;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ArrayNode runs = mapper.createArrayNode();

    /** AUROC of each run by protocol, detector and table. */
    private final Map<Protocol, Map<String, Map<String, List<Double>>>> aurocs = new TreeMap<>();

    private AnomalyBenchmark(Path directory, int seeds) {
        this.directory = directory;
        this.seeds = seeds;
    }

    /** Arguments: {@code --data DIR [--sets NAME,..] [--quick] [--json FILE]}; quick: one seed. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        List<String> words = Arrays.asList(list);
        Path data = arguments
                .data()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this benchmark must have labelled tables, but no --data DIR says where they are"));
        arguments.announce("an hour for 27 tables", "20 minutes");
        Path directory = Files.createTempDirectory("elbow-anomaly");
        try (AnomalyBenchmark benchmark = new AnomalyBenchmark(directory, arguments.number(SEEDS, QUICK_SEEDS))) {
            List<LabelledTable> tables = LabelledTable.some(data, BenchmarkArguments.text(words, "--sets"));
            for (Protocol protocol : Protocol.values()) {
                benchmark.measure(tables, protocol);
            }
            arguments.write(benchmark.report());
        } finally {
            Directories.delete(directory);
        }
        System.exit(0);
    }

    private void measure(List<LabelledTable> tables, Protocol protocol) throws IOException {
        print("%nAUROC, %%, %s, mean of %d seed%s%n", words(protocol), seeds, seeds == 1 ? "" : "s");
        print("%-24s %8s %8s %8s %8s %8s %8s%n", "table", "rows", "elbow", "+-", "forest", "kNN", "LOF");
        for (LabelledTable table : tables) {
            measure(table, table.parts(protocol), protocol);
            String rows = String.format(Locale.ROOT, "%,d", table.lines().size());
            line(table.name(), rows, protocol, List.of(table.name()));
        }
        List<String> names = tables.stream().map(LabelledTable::name).toList();
        List<String> published = names.stream().filter(PUBLISHED::contains).toList();
        if (!published.isEmpty()) {
            line(meanOf(published, "the published"), "", protocol, published);
        }
        line(meanOf(names, "all"), "", protocol, names);
    }

    private static String meanOf(List<String> names, String which) {
        return "mean of " + which + " " + names.size();
    }

    private void line(String name, String rows, Protocol protocol, List<String> names) {
        List<Double> ours =
                names.size() == 1 ? results(protocol, ELBOW).getOrDefault(names.get(0), List.of()) : List.of();
        String range = ours.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f", 50 * (Collections.max(ours) - Collections.min(ours)));
        print(
                "%-24s %8s %8.2f %8s %8.2f %8.2f %8.2f%n",
                name,
                rows,
                100 * overall(protocol, ELBOW, names),
                range,
                100 * overall(protocol, FOREST, names),
                100 * overall(protocol, NEAREST, names),
                100 * overall(protocol, FACTOR, names));
    }

    private void measure(LabelledTable table, Parts parts, Protocol protocol) throws IOException {
        Path training = directory.resolve("training.csv");
        Path test = directory.resolve("test.csv");
        table.write(parts.training(), training);
        table.write(parts.test(), test);
        Baseline.Rows rows = Baseline.standardised(parts);
        for (int seed = 1; seed <= seeds; seed++) {
            elbow(table, protocol, training, test, seed);
            IsolationForest forest = new IsolationForest(rows.training(), seed);
            ranked(table, parts, protocol, FOREST, seed, forest.scores(rows.test()));
        }
        NearestNeighbours neighbours = protocol == Protocol.CONTAMINATED
                ? NearestNeighbours.among(rows.training())
                : NearestNeighbours.of(rows.training(), rows.test());
        ranked(table, parts, protocol, NEAREST, 0, neighbours.distances());
        ranked(table, parts, protocol, FACTOR, 0, neighbours.outlierFactors());
    }

    private void elbow(LabelledTable table, Protocol protocol, Path training, Path test, int seed) throws IOException {
        String model = directory.resolve("model").toString();
        Path json = directory.resolve("evaluation.json");
        long start = System.nanoTime();
        EmbeddedCommand.run(
                "train",
                "--input",
                training.toString(),
                // That rows are normal is said where they are: it decides what scores are made of.
                protocol == Protocol.CONTAMINATED ? "--ignore" : "--normal-only",
                protocol == Protocol.CONTAMINATED ? LabelledTable.LABEL : LabelledTable.LABEL + "=0",
                "--model",
                model,
                "--overwrite",
                "-D",
                "seed=" + seed);
        double seconds = (System.nanoTime() - start) * 1e-9;
        EmbeddedCommand.run(
                "evaluate",
                "--model",
                model,
                "--input",
                test.toString(),
                "--label",
                LabelledTable.LABEL,
                "--json",
                json.toString());
        JsonNode figures = mapper.readTree(json.toFile());
        add(
                table,
                protocol,
                ELBOW,
                seed,
                figures.required("auroc").doubleValue(),
                figures.required("averagePrecision").doubleValue());
        ((ObjectNode) runs.get(runs.size() - 1)).put("training_seconds", seconds);
    }

    private void ranked(
            LabelledTable table, Parts parts, Protocol protocol, String detector, int seed, double[] scores) {
        List<Tuple2<Double, Boolean>> labelled = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            labelled.add(
                    new Tuple2<>(scores[i], LabelledTable.isAnomaly(parts.test().get(i))));
        }
        RankingMetrics metrics = RankingMetrics.of(cluster.context().parallelizePairs(labelled, 1));
        add(table, protocol, detector, seed, metrics.auroc(), metrics.averagePrecision());
    }

    private void add(
            LabelledTable table, Protocol protocol, String detector, int seed, double auroc, double averagePrecision) {
        results(protocol, detector)
                .computeIfAbsent(table.name(), name -> new ArrayList<>())
                .add(auroc);
        runs.addObject()
                .put("set", table.name())
                .put("protocol", words(protocol))
                .put("detector", detector)
                .put("seed", seed)
                .put("auroc", auroc)
                .put("average_precision", averagePrecision);
    }

    private Map<String, List<Double>> results(Protocol protocol, String detector) {
        return aurocs.computeIfAbsent(protocol, unused -> new TreeMap<>())
                .computeIfAbsent(detector, unused -> new TreeMap<>());
    }

    /** The mean over some tables of the mean over the seeds; NaN if none of them was measured. */
    private double overall(Protocol protocol, String detector, List<String> names) {
        return results(protocol, detector).entrySet().stream()
                .filter(table -> names.contains(table.getKey()))
                .mapToDouble(table -> mean(table.getValue()))
                .average()
                .orElse(Double.NaN);
    }

    private ObjectNode report() {
        ObjectNode report = mapper.createObjectNode();
        List<String> names = List.copyOf(results(Protocol.NORMAL_ONLY, ELBOW).keySet());
        report.put("mean_auroc", overall(Protocol.NORMAL_ONLY, ELBOW, names));
        ObjectNode means = report.putObject("means");
        for (Protocol protocol : Protocol.values()) {
            ObjectNode detectors = means.putObject(words(protocol));
            for (String detector : DETECTORS) {
                ObjectNode figures = detectors.putObject(detector);
                figures.put("mean_auroc", overall(protocol, detector, names));
                double published = overall(protocol, detector, PUBLISHED);
                if (!Double.isNaN(published)) {
                    figures.put("published_nine_mean_auroc", published);
                }
            }
        }
        report.set("runs", runs);
        return report;
    }

    private static String words(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
