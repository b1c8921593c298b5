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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import scala.Tuple2;

/**
 * How well anomaly scores at default settings rank labelled anomalies: {@code train} and {@code evaluate} as a user
 * calls them, on every table of a directory, beside an isolation forest and nearest neighbours on the same rows. No
 * label is seen in training but to leave the anomalies out, and none in scoring.
 */
public final class AnomalyBenchmark implements AutoCloseable {
    private static final int SEEDS = 3;
    private static final int CORES = 2;

    /** The tables whose published figures the project compares itself with. */
    private static final List<String> PUBLISHED = List.of(
            "cardio", "mammography", "mnist", "musk", "optdigits", "pageblocks", "pendigits", "shuttle", "vowels");

    private static final String ELBOW = "elbow";
    private static final String FOREST = "isolation_forest";
    private static final String NEAREST = "nearest_neighbours";

    private final LocalCluster cluster = new LocalCluster(CORES);
    private final Path directory;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ArrayNode runs = mapper.createArrayNode();

    /** AUROC of each run by protocol, detector and table. */
    private final Map<Protocol, Map<String, Map<String, List<Double>>>> aurocs = new TreeMap<>();

    private AnomalyBenchmark(Path directory) {
        this.directory = directory;
    }

    /** Arguments: {@code --data DIR [--json FILE]}. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        Path data = arguments
                .data()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this benchmark must have labelled tables, but no --data DIR says where they are"));
        Path directory = Files.createTempDirectory("elbow-anomaly");
        try (AnomalyBenchmark benchmark = new AnomalyBenchmark(directory)) {
            List<LabelledTable> tables = LabelledTable.all(data);
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
        print("%nAUROC, %%, %s, mean of %d seeds%n", words(protocol), SEEDS);
        print("%-18s %8s %8s %8s %8s %8s%n", "table", "rows", "elbow", "+-", "forest", "nearest");
        for (LabelledTable table : tables) {
            Parts parts = table.parts(protocol);
            measure(table, parts, protocol);
            List<Double> ours = results(protocol, ELBOW).getOrDefault(table.name(), List.of());
            print(
                    "%-18s %,8d %8.2f %8.2f %8.2f %8.2f%n",
                    table.name(),
                    table.lines().size(),
                    100 * mean(ours),
                    50
                            * (ours.stream().max(Comparator.naturalOrder()).orElse(0.0)
                                    - ours.stream()
                                            .min(Comparator.naturalOrder())
                                            .orElse(0.0)),
                    100 * mean(results(protocol, FOREST).getOrDefault(table.name(), List.of())),
                    100 * mean(results(protocol, NEAREST).getOrDefault(table.name(), List.of())));
        }
        for (boolean published : new boolean[] {false, true}) {
            print(
                    "%-18s %8s %8.2f %8s %8.2f %8.2f%n",
                    published ? "the published nine" : "mean",
                    "",
                    100 * overall(protocol, ELBOW, published),
                    "",
                    100 * overall(protocol, FOREST, published),
                    100 * overall(protocol, NEAREST, published));
        }
    }

    private void measure(LabelledTable table, Parts parts, Protocol protocol) throws IOException {
        Path training = directory.resolve("training.csv");
        Path test = directory.resolve("test.csv");
        table.write(parts.training(), training);
        table.write(parts.test(), test);
        Baseline.Rows rows = Baseline.standardised(parts);
        for (int seed = 1; seed <= SEEDS; seed++) {
            elbow(table, protocol, training, test, seed);
            IsolationForest forest = new IsolationForest(rows.training(), seed);
            ranked(table, parts, protocol, FOREST, seed, forest.scores(rows.test()));
        }
        ranked(table, parts, protocol, NEAREST, 0, NearestNeighbours.scores(rows, protocol == Protocol.CONTAMINATED));
    }

    private void elbow(LabelledTable table, Protocol protocol, Path training, Path test, int seed) throws IOException {
        String model = directory.resolve("model").toString();
        Path json = directory.resolve("evaluation.json");
        long start = System.nanoTime();
        EmbeddedCommand.run(
                "train",
                "--input",
                training.toString(),
                "--ignore",
                LabelledTable.LABEL,
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

    /** The mean over the tables of the mean over the seeds; NaN if there is no such table. */
    private double overall(Protocol protocol, String detector, boolean publishedOnly) {
        return results(protocol, detector).entrySet().stream()
                .filter(table -> !publishedOnly || PUBLISHED.contains(table.getKey()))
                .mapToDouble(table -> mean(table.getValue()))
                .average()
                .orElse(Double.NaN);
    }

    private ObjectNode report() {
        ObjectNode report = mapper.createObjectNode();
        report.put("mean_auroc", overall(Protocol.NORMAL_ONLY, ELBOW, false));
        ObjectNode means = report.putObject("means");
        for (Protocol protocol : Protocol.values()) {
            ObjectNode detectors = means.putObject(words(protocol));
            for (String detector : List.of(ELBOW, FOREST, NEAREST)) {
                ObjectNode figures = detectors.putObject(detector);
                figures.put("mean_auroc", overall(protocol, detector, false));
                double published = overall(protocol, detector, true);
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
