package elbow.job.command;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.source.ReadRequest;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that say something of a model by its scores of some rows. */
final class ModelOptions {
    @Option(names = "--model", paramLabel = "URI", description = "Directory of the model.")
    private @Nullable String model;

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

    /** @throws ElbowException of category USAGE if it is not given */
    String model() {
        if (model == null) {
            throw new ElbowException(ErrorCategory.USAGE, "Missing required option: '--model=URI'");
        }
        return model;
    }

    /** The flags that were given of those that say something of a model. */
    List<String> ofModel() {
        List<String> given = new ArrayList<>();
        if (model != null) {
            given.add("--model");
        }
        if (samples != null) {
            given.add("--samples");
        }
        if (quarantine.uri().isPresent()) {
            given.add("--quarantine");
        }
        return given;
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
