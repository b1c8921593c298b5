package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a short command takes from the shell and back: train, score and inspect on the cardio sample, 1,831 rows,
 * started at once and through Spark's own scripts, in turns. Wall seconds and CPU seconds, of all processes that a
 * command starts; medians. Runs what is packaged in target.
 */
public final class StartupBenchmark {
    private static final int ROUNDS = 3;
    private static final int QUICK_ROUNDS = 1;
    private static final String CARDIO = "data/anomaly/cardio.csv.gz";

    /** What makes the launcher take Spark's scripts: the embedded Spark's own settings, named from outside. */
    private static final Map<String, String> SCRIPTS = Map.of("SPARK_CONF_DIR", "target/spark/conf");

    // What the shell's own "times" prints in its second line: user and system time of its children.
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

    private record Time(double wall, double cpu) {}

    private StartupBenchmark() {}

    /** Arguments: {@code [--quick] [--json FILE]}; quick: one round. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("5 minutes", "2 minutes");
        Path directory = Files.createTempDirectory("startup");
        try {
            arguments.write(run(directory, arguments.number(ROUNDS, QUICK_ROUNDS)));
        } finally {
            Directories.delete(directory);
        }
    }

    private static ObjectNode run(Path directory, int rounds) throws Exception {
        String model = directory.resolve("model").toString();
        String scores = directory.resolve("scores").toString();
        List<List<String>> commands = List.of(
                List.of("train", "--input", CARDIO, "--ignore", "label", "--model", model, "--overwrite"),
                List.of("score", "--model", model, "--input", CARDIO, "--output", scores, "--overwrite"),
                List.of("inspect", "--model", model));
        ObjectNode report = new ObjectMapper().createObjectNode();
        System.out.printf("%-10s %22s %26s%n", "", "at once", "through Spark's scripts");
        System.out.printf("%-10s %10s %11s %14s %11s%n", "command", "wall s", "CPU s", "wall s", "CPU s");
        for (List<String> command : commands) {
            List<Time> atOnce = new ArrayList<>();
            List<Time> scripts = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                atOnce.add(time(directory, Map.of(), command));
                scripts.add(time(directory, SCRIPTS, command));
            }
            Time first = median(atOnce);
            Time second = median(scripts);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %10.1f %11.1f %14.1f %11.1f%n",
                    command.get(0),
                    first.wall,
                    first.cpu,
                    second.wall,
                    second.cpu);
            System.out.flush();
            ObjectNode figures = report.putObject(command.get(0));
            put(figures.putObject("atOnce"), first);
            put(figures.putObject("throughScripts"), second);
        }
        return report;
    }

    private static void put(ObjectNode object, Time time) {
        object.put("wallSeconds", time.wall);
        object.put("cpuSeconds", time.cpu);
    }

    private static Time time(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "bash",
                "-c",
                "\"$@\" >\"$ELBOW_LOG_DIR/out\" 2>&1 || { cat \"$ELBOW_LOG_DIR/out\" >&2; exit 1; }; times",
                "bash",
                Path.of("jobs/elbow").toAbsolutePath().toString(),
                "--master",
                "local[2]"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR"));
        builder.environment().put("ELBOW_LOG_DIR", directory.toString());
        environment.forEach((name, path) ->
                builder.environment().put(name, Path.of(path).toAbsolutePath().toString()));
        long start = System.nanoTime();
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        double wall = (System.nanoTime() - start) * 1e-9;
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " must end with 0, but ended with " + status);
        }
        return new Time(wall, cpu(printed));
    }

    private static double cpu(String printed) throws IOException {
        Matcher children = TIMES.matcher(printed.substring(printed.indexOf('\n') + 1));
        if (!children.find()) {
            throw new IOException("the shell must print times of its children, but printed " + printed);
        }
        return 60 * (Integer.parseInt(children.group(1)) + Integer.parseInt(children.group(3)))
                + Double.parseDouble(children.group(2))
                + Double.parseDouble(children.group(4));
    }

    private static Time median(List<Time> times) {
        return new Time(
                times.stream()
                        .mapToDouble(Time::wall)
                        .sorted()
                        .skip(times.size() / 2)
                        .findFirst()
                        .orElseThrow(),
                times.stream()
                        .mapToDouble(Time::cpu)
                        .sorted()
                        .skip(times.size() / 2)
                        .findFirst()
                        .orElseThrow());
    }
}
