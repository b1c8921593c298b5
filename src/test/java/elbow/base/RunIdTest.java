package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    @Test
    void aProcessHasOneId() {
        String id = RunId.ofProcess();

        assertThat(id).isEqualTo(RunId.ofProcess()).isEqualTo(System.getProperty(RunId.PROPERTY));
        assertThat(RunId.required(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-x", "a\nb", "../x", "a/b"})
    void anIdThatIsNoPlainNameIsRefused(String given) {
        assertThatThrownBy(() -> RunId.required(given))
                .isInstanceOf(ElbowException.class)
                .hasMessage("elbow.run must be 1 to 100 letters, digits, points, hyphens and underscores, the first a"
                        + " letter or digit, but is " + given);
    }

    @Test
    void everyLineOfTheLogHasIt() throws IOException {
        Properties log = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/spark/conf/log4j2-job.properties"))) {
            log.load(reader);
        }
        // As where it is read from the file, which takes one of the two signs away.
        PatternLayout layout = PatternLayout.newBuilder()
                .withConfiguration(new DefaultConfiguration())
                .withPattern(log.getProperty("appender.file.layout.pattern").replace("$${sys", "${sys"))
                .build();

        String line = layout.toSerializable(Log4jLogEvent.newBuilder()
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage("read"))
                .build());

        assertThat(line).contains(" " + RunId.ofProcess() + " INFO ").endsWith("read" + System.lineSeparator());
    }
}
