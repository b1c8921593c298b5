package elbow.job.command;

import elbow.data.source.ReadRequest;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that say something of models by their scores of some rows. */
final class RowOptions {
    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Posterior samples per row; 0: at the posterior mean. Default: scoring.samples of the model.")
    private @Nullable Integer samples;

    @Mixin
    private AbsentOption absent = new AbsentOption();

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file.")
    private @Nullable String json;

    /** The flags that were given of those that rows without a model have no use for. */
    List<String> ofScores() {
        List<String> given = new ArrayList<>();
        if (samples != null) {
            given.add("--samples");
        }
        if (absent.isGiven()) {
            given.add("--absent-as-missing");
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
