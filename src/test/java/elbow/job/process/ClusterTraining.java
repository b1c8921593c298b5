package elbow.job.process;

import static elbow.job.process.ElbowProcess.HOME;
import static elbow.job.process.ElbowProcess.LAUNCHER;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training on a cluster, of six rounds of about half a second, that tests disturb. */
final class ClusterTraining {
    /** What it prints once rounds are under way. */
    static final String UNDER_WAY = " round ";

    /** Both executors are there before the first task: each of them is given a replica. */
    static final List<String> ALL_EXECUTORS =
            List.of("--conf", "spark.cores.max=2", "--conf", "spark.scheduler.minRegisteredResourcesRatio=1");

    private static final String ROWS =
            HOME.resolve("data/anomaly/cardio.csv.gz").toString();

    private ClusterTraining() {}

    /** The command line, with options of Spark's and of its own. */
    static String[] command(Path settings, String master, Path directory, List<String> spark, List<String> options) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER, "--master", master, "--executor-memory", "700m"));
        command.addAll(List.of("--properties-file", settings.toString()));
        command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1"));
        command.addAll(spark);
        command.add("train");
        command.addAll(List.of(options(directory, options)));
        return command.toArray(String[]::new);
    }

    /** What stands behind {@code train}. */
    static String[] options(Path directory, List<String> more) {
        List<String> options = new ArrayList<>(List.of("--input", ROWS, "--normal-only", "label=0"));
        options.addAll(List.of("--model", directory.resolve("model").toString()));
        options.addAll(List.of("--json", directory.resolve("train.json").toString()));
        for (String setting : List.of(
                "training.replicas=2",
                "training.epochs=30",
                "training.measure-every=15",
                "training.batch-size=32",
                "training.averaging-frequency=125",
                "training.checkpoint-rounds=2",
                "model.encoder-sizes=[512, 256]")) {
            options.addAll(List.of("-D", setting));
        }
        options.addAll(more);
        return options.toArray(String[]::new);
    }

    /** The id of the model that was trained. */
    static String modelId(Path directory) throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("train.json").toFile())
                .get("modelId")
                .textValue();
    }
}
