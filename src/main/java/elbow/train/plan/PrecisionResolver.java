package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.math.Precision;
import java.util.Locale;
import java.util.Optional;

/** Resolves in what precision a replica multiplies, against what this process is able to. */
final class PrecisionResolver {
    private static final String KEY = "training.precision";

    private PrecisionResolver() {}

    static Precision resolve(Configuration configuration, TrainingPlan.Master master) {
        Precision precision = configuration.choice(KEY, Precision.class);
        String name = precision.name().toLowerCase(Locale.ROOT);
        Check.usage(
                precision == Precision.FLOAT32 || master == TrainingPlan.Master.AVERAGING,
                KEY,
                "be float32 under the stock master, whose workers train in nothing else",
                name);
        Optional<String> obstacle = precision.obstacle();
        Check.usage(obstacle.isEmpty(), KEY, "be float32 here, as " + obstacle.orElse(""), name);
        return precision;
    }
}
