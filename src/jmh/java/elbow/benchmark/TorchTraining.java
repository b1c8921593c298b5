package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PyTorch in processes of its own, by {@code src/python/run peers}, which says why where it cannot be had. */
record TorchTraining(String name, int processes, int threads, int batch) {
    /** DistributedDataParallel in two processes, and what one process makes of both cores. */
    static List<TorchTraining> all() {
        return List.of(
                new TorchTraining("PyTorch DDP, 2 processes, 128 rows", 2, 1, 128),
                new TorchTraining("PyTorch DDP, 2 processes, 64 rows", 2, 1, 64),
                new TorchTraining("PyTorch, 2 threads, 128 rows", 1, 2, 128));
    }

    /** Empty if there is no PyTorch here: the reason is printed. */
    Optional<PeerRun> run(BenchmarkArguments arguments, double target, int passes, PeerRun.Progress progress)
            throws IOException, InterruptedException {
        // What is missing is named here.
        arguments.mnist("train-images-idx3-ubyte.gz");
        arguments.mnist("t10k-images-idx3-ubyte.gz");
        Path data = arguments.data().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "src/python/run",
                "peers",
                "--data",
                data.toString(),
                "--processes",
                Integer.toString(processes),
                "--threads",
                Integer.toString(threads),
                "--batch",
                Integer.toString(batch),
                "--target",
                Double.toString(target),
                "--passes",
                Integer.toString(passes));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // The JVM's own is 1.
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        long begin = System.nanoTime();
        Process process = builder.start();
        Optional<PeerRun> last = Optional.empty();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("{")) {
                    print("%s%n", line);
                    continue;
                }
                JsonNode event = new ObjectMapper().readTree(line);
                if (event.required("event").textValue().equals("start")) {
                    started(event, (System.nanoTime() - begin) * 1e-9);
                } else {
                    last = Optional.of(passed(event, target, progress));
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("src/python/run peers must end with 0, but ended with " + status);
        }
        return last;
    }

    private void started(JsonNode event, double seconds) {
        print(
                "  PyTorch %s, %s, ready after %.0f s%n",
                event.required("torch").textValue(),
                event.required("compiled").booleanValue()
                        ? "compiled"
                        : "not compiled: torch.compile needs a C++ compiler",
                seconds);
    }

    private static PeerRun passed(JsonNode event, double target, PeerRun.Progress progress) {
        int pass = event.required("number").intValue();
        double seconds = event.required("seconds").doubleValue();
        double elbo = event.required("elbo").doubleValue();
        progress.passed(pass, seconds, elbo);
        return new PeerRun(event.required("examples").longValue() / seconds, pass, seconds, elbo, elbo >= target);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
