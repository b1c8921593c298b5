package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchWordsTest {
    private static final Config REFERENCE = ConfigFactory.parseResources("elbow/reference.conf");

    static Stream<Parameter> parameters() {
        return Stream.concat(
                Parameter.READING.stream().filter(parameter -> !BatchWords.OF_TABLES.contains(parameter)),
                List.of(
                        Parameter.ABSENT_AS_MISSING,
                        Parameter.MODEL,
                        Parameter.OUTPUT,
                        Parameter.SAMPLES,
                        Parameter.THRESHOLD,
                        Parameter.QUARANTINE,
                        Parameter.KEPT)
                        .stream());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyWordIsAKeyOfTheConfiguration(Parameter parameter) {
        String word = BatchWords.of(Message.of(parameter)).toString();

        assertThat(word).startsWith("batch.");
        assertThat(REFERENCE.hasPathOrNull(word.replaceAll("=.*", ""))).as(word).isTrue();
    }
}
