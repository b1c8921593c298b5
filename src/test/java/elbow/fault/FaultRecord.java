package elbow.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a test of a fault when it was last run, in a file of its own below {@code target/faults}.
 *
 * @param test its class, without package, and its method
 * @param held invocations that passed
 * @param failed invocations that did not
 * @param skipped invocations that this machine does not allow
 * @param seen what the test has measured
 */
record FaultRecord(String test, int held, int failed, int skipped, List<String> seen) {
    private static final Path DIRECTORY =
            Path.of(System.getenv().getOrDefault("ELBOW_BUILD", "target")).resolve("faults");

    FaultRecord(String test) {
        this(test, 0, 0, 0, List.of());
    }

    FaultRecord withHeld(List<String> sentences) {
        Set<String> all = new LinkedHashSet<>(seen);
        all.addAll(sentences);
        return new FaultRecord(test, held + 1, failed, skipped, List.copyOf(all));
    }

    FaultRecord withFailed() {
        return new FaultRecord(test, held, failed + 1, skipped, seen);
    }

    FaultRecord withSkipped() {
        return new FaultRecord(test, held, failed, skipped + 1, seen);
    }

    void write() throws IOException {
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("test", test)
                .put("held", held)
                .put("failed", failed)
                .put("skipped", skipped);
        seen.forEach(node.putArray("seen")::add);
        Files.writeString(Files.createDirectories(DIRECTORY).resolve(test + ".json"), node.toPrettyString());
    }

    /** The last one of a test. */
    static Optional<FaultRecord> of(String test) throws IOException {
        Path file = DIRECTORY.resolve(test + ".json");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        JsonNode node = new ObjectMapper().readTree(file.toFile());
        List<String> seen = new ArrayList<>();
        node.required("seen").forEach(sentence -> seen.add(sentence.textValue()));
        return Optional.of(new FaultRecord(
                test,
                node.required("held").intValue(),
                node.required("failed").intValue(),
                node.required("skipped").intValue(),
                List.copyOf(seen)));
    }
}
