package elbow.job.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Spark writes down of a run in a directory: which task ran where. */
final class EventLog {
    private static final String FILE_PREFIX = "app-";

    private final Path directory;

    EventLog(Path directory) {
        this.directory = directory;
    }

    /** Options of spark-submit that have it written, as one file of text: Spark 4 writes several, and packs them. */
    List<String> options() {
        return Stream.of("enabled=true", "rolling.enabled=false", "compress=false", "dir=" + directory.toUri())
                .flatMap(setting -> Stream.of("--conf", "spark.eventLog." + setting))
                .toList();
    }

    /** Everything written so far; empty before the run has begun. */
    String text() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(FILE_PREFIX))
                    .toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    /** The executors that ran tasks of jobs whose description begins with {@code description}. */
    Set<String> executorsOf(String description) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Set<Integer> stages = new HashSet<>();
        Set<String> executors = new HashSet<>();
        for (String line : text().lines().toList()) {
            JsonNode event = mapper.readTree(line);
            String kind = event.path("Event").asText();
            if (kind.equals("SparkListenerStageSubmitted")
                    && event.path("Properties")
                            .path("spark.job.description")
                            .asText()
                            .startsWith(description)) {
                stages.add(event.path("Stage Info").path("Stage ID").asInt());
            } else if (kind.equals("SparkListenerTaskEnd")
                    && stages.contains(event.path("Stage ID").asInt())) {
                executors.add(event.path("Task Info").path("Executor ID").asText());
            }
        }
        return executors;
    }
}
