package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every benchmark is called with: {@code [--data DIR] [--json FILE]}. */
record BenchmarkArguments(Optional<Path> data, Optional<Path> json) {
    static BenchmarkArguments of(String[] arguments) {
        List<String> list = Arrays.asList(arguments);
        return new BenchmarkArguments(value(list, "--data"), value(list, "--json"));
    }

    private static Optional<Path> value(List<String> arguments, String option) {
        return text(arguments, option).map(Path::of);
    }

    /** The word after an option. */
    static Optional<String> text(List<String> arguments, String option) {
        int index = arguments.indexOf(option);
        return index >= 0 && index + 1 < arguments.size() ? Optional.of(arguments.get(index + 1)) : Optional.empty();
    }

    /** The file of that name in the data directory, or in its folder {@code mnist}. */
    String mnist(String name) {
        Path directory = data.orElseThrow(() -> new IllegalArgumentException(
                "this benchmark must have the MNIST files, but no --data DIR says where they are"));
        for (Path file :
                List.of(directory.resolve(name), directory.resolve("mnist").resolve(name))) {
            if (Files.exists(file)) {
                return file.toString();
            }
        }
        throw new IllegalArgumentException(
                "--data must have " + name + " in it or in its folder mnist, but " + directory + " has not");
    }

    void write(JsonNode report) throws IOException {
        if (json.isPresent()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(json.get().toFile(), report);
        }
    }
}
