package elbow.job.command;

import elbow.use.Take;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that give expected values unless they are asked for draws. */
final class DrawOptions {
    @Option(
            names = "--draw",
            description = "Draws each value from its distribution. Default: its expected value, of categories the"
                    + " likeliest one.")
    private boolean draw;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the draws. Default: the model's.")
    private @Nullable Long seed;

    Take take() {
        return draw ? Take.DRAWN : Take.EXPECTED;
    }

    OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }
}
