package elbow.job.command;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Parameter;
import elbow.job.console.Flags;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class FlagsTest {
    private static final List<Object> COMMANDS = List.of(
            new TrainCommand(),
            new TuneCommand(),
            new ScoreCommand(),
            new EvaluateCommand(),
            new ReportCommand(),
            new CalibrateCommand(),
            new GenerateCommand(),
            new EncodeCommand(),
            new ReconstructCommand(),
            new ImputeCommand(),
            new InterpolateCommand(),
            new ArithmeticCommand(),
            new ExportCommand(),
            new InspectCommand(),
            new BatchCommand());

    static Stream<Parameter> parameters() {
        return Arrays.stream(Parameter.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Parameter.class)
                .map(FlagsTest::value);
    }

    private static Parameter value(java.lang.reflect.Field field) {
        try {
            return (Parameter) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyParameterHasAFlagThatSomeCommandKnows(Parameter parameter) {
        String flag = Flags.of(parameter);

        assertThat(flag).isNotEqualTo(parameter.name());
        Set<String> others = Set.of(
                "--executor-memory",
                "--conf spark.executor.memoryOverhead",
                "SPARK_DRIVER_MEMORY",
                // Whole commands.
                "elbow calibrate --model",
                "jobs/elbow promote --model",
                "elbow sign",
                // Of the program, for all its commands.
                "--require-signature");
        if (!others.contains(flag)) {
            assertThat(options()).contains(flag);
        }
    }

    @Test
    void keysOfTheConfigurationKeepTheirNames() {
        assertThat(Flags.of(new Parameter("batch.output"))).isEqualTo("batch.output");
    }

    private static Set<String> options() {
        Set<String> options = new TreeSet<>();
        COMMANDS.forEach(command -> new CommandLine(command)
                .getCommandSpec()
                .options()
                .forEach(option -> options.addAll(Arrays.asList(option.names()))));
        return options;
    }
}
