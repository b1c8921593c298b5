package elbow.job.command;

import elbow.data.source.ReadRequest;
import elbow.job.run.Session;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that say something of a model by its scores of some rows. */
final class ModelOptions {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Posterior samples per row; 0: at the posterior mean. Default: scoring.samples.")
    private @Nullable Integer samples;

    @Mixin
    private AbsentOption absent = new AbsentOption();

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file.")
    private @Nullable String json;

    String model() {
        return model;
    }

    ReadRequest input(Session session) {
        return absent.apply(input.input(session));
    }

    OptionalInt samples() {
        return samples == null ? OptionalInt.empty() : OptionalInt.of(samples);
    }

    Optional<String> quarantine() {
        return quarantine.uri();
    }

    Optional<String> json() {
        return Optional.ofNullable(json);
    }
}
