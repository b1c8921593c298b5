package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A case of load in the process that was started for it. */
final class LoadRun {
    /** The file in the case's directory with what was measured. */
    static final String RESULT = "result.json";

    private LoadRun() {}

    /** Arguments: case, directory, {@code prepare} or {@code run}, {@code whole} or {@code quick}. */
    public static void main(String[] arguments) throws Exception {
        LoadCase load = LoadCase.some(Optional.of(arguments[0])).get(0);
        Path directory = Path.of(arguments[1]);
        long start = System.nanoTime();
        try (ProcessMemory memory = new ProcessMemory()) {
            LoadWork work = new LoadWork(directory, arguments[3].equals("quick"), line -> {
                ProcessMemory.Look now = ProcessMemory.now();
                System.out.printf(
                        Locale.ROOT,
                        "  %6.0f s  %s; RSS %,d MB, direct buffers %,d MB, heap after collection %,d MB%n",
                        (System.nanoTime() - start) * 1e-9,
                        line,
                        now.resident(),
                        now.direct(),
                        now.live());
                System.out.flush();
            });
            if (arguments[2].equals("prepare")) {
                load.prepare().run(work);
            } else {
                work.spark();
                load.run().run(work);
                write(directory, work, memory, (System.nanoTime() - start) * 1e-9);
            }
        }
        System.exit(0);
    }

    private static void write(Path directory, LoadWork work, ProcessMemory memory, double seconds) throws Exception {
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("seconds", seconds).put("seen", work.seen());
        // Code has been compiled and caches are full by then.
        List<ProcessMemory.Look> looks = List.of(memory.most(), memory.between(0.25, 0.35), memory.between(0.9, 1));
        List<String> names = List.of("most", "early", "late");
        for (int i = 0; i < names.size(); i++) {
            ProcessMemory.Look look = looks.get(i);
            result.putObject(names.get(i))
                    .put("resident", look.resident())
                    .put("direct", look.direct())
                    .put("live", look.live());
        }
        new ObjectMapper().writeValue(directory.resolve(RESULT).toFile(), result);
    }
}
