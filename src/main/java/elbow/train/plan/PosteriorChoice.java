package elbow.train.plan;

import elbow.base.Configuration;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The posteriors that {@value #KEY} can name: what they are made of, and which other settings they read. */
// What the constants are given cannot be changed; its types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
enum PosteriorChoice {
    GAUSSIAN(settings -> new DiagonalGaussian()),
    PLANAR(settings -> new PlanarFlows(settings.steps(10, PlanarFlows.MOST_STEPS)), Settings.STEPS),
    IAF(
            settings -> new InverseAutoregressiveFlows(
                    settings.steps(4, InverseAutoregressiveFlows.MOST_STEPS), settings.units()),
            Settings.STEPS,
            Settings.UNITS);

    static final String KEY = "model.posterior";

    static final List<String> KEYS = List.of(Settings.STEPS, Settings.UNITS);

    private final Function<Settings, Posterior> posterior;
    private final Set<String> keys;

    PosteriorChoice(Function<Settings, Posterior> posterior, String... keys) {
        this.posterior = posterior;
        this.keys = Set.of(keys);
    }

    /** @throws elbow.base.ElbowException of category USAGE for a value out of range, of any posterior's settings */
    Posterior with(Configuration configuration) {
        Settings settings = new Settings(configuration);
        settings.steps(1, Math.max(PlanarFlows.MOST_STEPS, InverseAutoregressiveFlows.MOST_STEPS));
        settings.units();
        return posterior.apply(settings);
    }

    /** Whether it reads the setting. */
    boolean reads(String key) {
        return keys.contains(key);
    }

    private record Settings(Configuration configuration) {
        static final String STEPS = "model.posterior-steps";
        static final String UNITS = "model.posterior-units";

        int steps(int automatic, int most) {
            return LatentResolver.atMost(
                    most, STEPS, configuration.positiveIntOrAuto(STEPS).orElse(automatic));
        }

        int units() {
            return LatentResolver.atMost(
                    InverseAutoregressiveFlows.MOST_UNITS, UNITS, configuration.positiveInt(UNITS));
        }
    }
}
