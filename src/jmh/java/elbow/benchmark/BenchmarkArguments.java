package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every benchmark is called with: {@code [--data DIR] [--quick] [--json FILE]}.
 *
 * @param quick fewer turns, or less of what there is to measure: whether all of it works, and about what it gives
 */
record BenchmarkArguments(Optional<Path> data, boolean quick, Optional<Path> json) {
    static BenchmarkArguments of(String[] arguments) {
        List<String> list = Arrays.asList(arguments);
        return new BenchmarkArguments(value(list, "--data"), list.contains("--quick"), value(list, "--json"));
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

    /** Says how long it takes, on two cores of the kind that the figures of the pages are from. */
    void announce(String whole, String quickly) {
        System.out.println(
                quick ? "takes about " + quickly + ", quick" : "takes about " + whole + "; --quick: " + quickly);
    }

    /** The number that is for this run. */
    int number(int whole, int quickly) {
        return quick ? quickly : whole;
    }

    void write(JsonNode report) throws IOException {
        if (json.isPresent()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(json.get().toFile(), report);
        }
    }
}
