package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    static List<Path> presets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void presetHasKnownKeysOnlyAndChangesSomething(Path preset) throws IOException {
        Configuration configuration = Configuration.defaults().withText(Files.readString(preset), preset.toString());

        assertThat(configuration).isNotEqualTo(Configuration.defaults());
    }
}
