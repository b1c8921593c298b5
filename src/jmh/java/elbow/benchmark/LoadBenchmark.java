package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What must be borne: much of everything, and for long. Each case runs in a process of its own, with its own limit of
 * memory and time, and is held to what it promises: that it ends well, within the time, and that its memory stays
 * within a bound, or level.
 */
public final class LoadBenchmark {
    private static final int PREPARING_HEAP = 3_000;
    private static final int PREPARING_MINUTES = 60;

    private final BenchmarkArguments arguments;
    private final Path directory;

    private LoadBenchmark(BenchmarkArguments arguments, Path directory) {
        this.arguments = arguments;
        this.directory = directory;
    }

    /** Arguments: {@code [--case NAME,..] [--quick] [--json FILE]}; ends with 1 if a case does not hold. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        List<LoadCase> cases = LoadCase.some(BenchmarkArguments.text(Arrays.asList(list), "--case"));
        arguments.announce("3 hours, all of it, and 20 GB of disk", "10 minutes");
        Path directory = Files.createTempDirectory("elbow-load");
        boolean held = true;
        try {
            LoadBenchmark benchmark = new LoadBenchmark(arguments, directory);
            ArrayNode report = new ObjectMapper().createArrayNode();
            for (LoadCase load : cases) {
                held &= benchmark.measure(load, report.addObject());
            }
            arguments.write(report);
        } finally {
            Directories.delete(directory);
        }
        System.exit(held ? 0 : 1);
    }

    private boolean measure(LoadCase load, ObjectNode report) throws IOException, InterruptedException {
        int minutes = arguments.number(load.minutes(), Math.max(5, load.minutes() / 10));
        print(
                "%s: %s%n  promised: ends well within %d minutes, heap %,d MB, RSS at most %,d MB%s%n",
                load.name(),
                arguments.quick() ? load.quickly() + " instead of " + load.whole() : load.whole(),
                minutes,
                load.heap(),
                load.resident(),
                load.flat() ? ", and level" : "");
        Path work = Files.createDirectory(directory.resolve(load.name()));
        List<String> faults = new ArrayList<>();
        String seen = "";
        try {
            start(load, work, "prepare", PREPARING_HEAP, PREPARING_MINUTES).ifPresent(faults::add);
            if (faults.isEmpty()) {
                start(load, work, "run", load.heap(), minutes).ifPresent(faults::add);
            }
            Path file = work.resolve(LoadRun.RESULT);
            if (faults.isEmpty()) {
                JsonNode result = new ObjectMapper().readTree(file.toFile());
                report.set("measured", result);
                faults.addAll(faults(load, result));
                seen = seen(load, result);
            }
        } finally {
            // Gigabytes: the next case may need the room.
            Directories.delete(work);
        }
        report.put("case", load.name()).put("held", faults.isEmpty()).put("faults", String.join("; ", faults));
        print("  %s%s%n", faults.isEmpty() ? "held: " : "BROKEN: " + String.join("; ", faults) + " ", seen);
        return faults.isEmpty();
    }

    private static List<String> faults(LoadCase load, JsonNode result) {
        List<String> faults = new ArrayList<>();
        long most = result.at("/most/resident").longValue();
        if (most > load.resident()) {
            faults.add(String.format(Locale.ROOT, "took %,d MB of memory", most));
        }
        for (String what : load.flat() ? List.of("resident", "direct", "live") : List.<String>of()) {
            long growth = growth(result, what);
            if (growth > LoadCase.GROWTH) {
                faults.add(String.format(Locale.ROOT, "%s memory grew by %,d MB", what, growth));
            }
        }
        return faults;
    }

    private static String seen(LoadCase load, JsonNode result) {
        String line = String.format(
                Locale.ROOT,
                "%.0f s; RSS at most %,d MB, direct buffers %,d MB; %s",
                result.required("seconds").doubleValue(),
                result.at("/most/resident").longValue(),
                result.at("/most/direct").longValue(),
                result.required("seen").textValue());
        return load.flat()
                ? line
                        + String.format(
                                Locale.ROOT,
                                "; from a quarter of the time to its end RSS %+d MB, direct %+d MB, heap %+d MB",
                                growth(result, "resident"),
                                growth(result, "direct"),
                                growth(result, "live"))
                : line;
    }

    private static long growth(JsonNode result, String what) {
        return result.at("/late/" + what).longValue()
                - result.at("/early/" + what).longValue();
    }

    /** Runs a part of a case; what went wrong, if something did. */
    private Optional<String> start(LoadCase load, Path work, String part, int heap, int minutes)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xm"))
                .forEach(command::add);
        command.add("-Xmx" + heap + "m");
        if (load.flat() && part.equals("run")) {
            // The heap is all there from the beginning, so that what grows is something else.
            command.addAll(List.of("-Xms" + heap + "m", "-XX:+AlwaysPreTouch"));
        }
        for (String setting : List.of(
                "spark.master=local[2]",
                "spark.ui.enabled=false",
                "spark.driver.host=127.0.0.1",
                "spark.driver.bindAddress=127.0.0.1",
                "spark.local.dir=" + work.resolve("spark"),
                "spark.sql.warehouse.dir=" + work.resolve("warehouse"))) {
            command.add("-D" + setting);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.addAll(List.of(
                LoadRun.class.getName(), load.name(), work.toString(), part, arguments.quick() ? "quick" : "whole"));
        File errors = work.resolve(part + ".err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(errors)
                .start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            return Optional.of("no end within " + minutes + " minutes");
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(part + " ended with " + process.exitValue() + ": " + reason(errors.toPath()));
    }

    private static String reason(Path errors) throws IOException {
        return Files.readAllLines(errors).stream()
                .filter(line -> line.startsWith("Exception in") || line.contains("OutOfMemoryError"))
                .reduce((former, line) -> line)
                .orElse("of what it said nothing tells why");
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
