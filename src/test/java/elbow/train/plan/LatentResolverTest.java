package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.TestEncoders;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentResolverTest {
    @Test
    void defaultsAreAStandardNormalAndAGaussian() {
        assertThat(resolve().prior()).isEqualTo(new StandardNormal());
        assertThat(posterior()).isEqualTo(new DiagonalGaussian());
    }

    @Test
    void priorsAreChosenByName() {
        assertThat(prior("model.prior=mixture")).isEqualTo(new GaussianMixture(10));
        assertThat(prior("model.prior=mixture", "model.prior-components=3")).isEqualTo(new GaussianMixture(3));
        assertThat(prior("model.prior=vamp")).isEqualTo(new VampPrior(100));
        assertThat(prior("model.prior=vamp", "model.prior-components=500")).isEqualTo(new VampPrior(500));
        assertThat(prior("model.prior=flow")).isEqualTo(new FlowPrior(6, 64));
        assertThat(prior("model.prior=flow", "model.prior-couplings=3", "model.prior-units=9"))
                .isEqualTo(new FlowPrior(3, 9));
    }

    @Test
    void posteriorsAreChosenByName() {
        assertThat(posterior("model.posterior=planar")).isEqualTo(new PlanarFlows(10));
        assertThat(posterior("model.posterior=planar", "model.posterior-steps=2"))
                .isEqualTo(new PlanarFlows(2));
        assertThat(posterior("model.posterior=iaf")).isEqualTo(new InverseAutoregressiveFlows(4, 64));
        assertThat(posterior("model.posterior=iaf", "model.posterior-steps=2", "model.posterior-units=9"))
                .isEqualTo(new InverseAutoregressiveFlows(2, 9));
    }

    @Test
    void layersOfLatentsAreChosenByNameAndHalveFromOneToTheNext() {
        VaeSpec plain = resolve("model.latent-size=8", "model.encoder-sizes=[64,32]");
        VaeSpec two = resolve("model.latent-size=8", "model.encoder-sizes=[64,32]", "model.hierarchy=bottom-up");
        assertThat(plain.latents().isDeep()).isFalse();
        assertThat(two.hierarchy()).isEqualTo(Hierarchy.BOTTOM_UP);
        assertThat(two.shape())
                .endsWith("-64-32-8-16-16-4-16-16-8-32-64-" + two.row().modelledColumns());

        VaeSpec ladder = resolve(
                "model.latent-size=8",
                "model.hierarchy=ladder",
                "model.posterior=planar",
                "model.upper-latent-sizes=[6,3]",
                "model.upper-units=[9,7]",
                "model.upper-hidden-layers=1");
        assertThat(ladder.hierarchy()).isEqualTo(Hierarchy.LADDER);
        assertThat(ladder.shape()).contains("-8-9-6-7-3-7-6-9-8-");
        assertThat(ladder.latents().top().posterior()).isEqualTo(new PlanarFlows(10));
        assertThat(ladder.latents().lowest().posterior()).isEqualTo(new DiagonalGaussian());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.prior=gaussian | model.prior must be one of standard-normal, mixture, vamp, flow, conditional, but is gaussian",
                "model.posterior=normal | model.posterior must be one of gaussian, planar, iaf, but is normal",
                "model.prior-components=0 | model.prior-components must be auto or a whole number of at least 1, but is 0",
                "model.prior-components=70000 | model.prior-components must be at most 65536, but is 70000",
                "model.prior-couplings=257 | model.prior-couplings must be at most 256, but is 257",
                "model.posterior-steps=257 | model.posterior-steps must be at most 256, but is 257",
                "model.prior=flow,model.latent-size=1 | model.latent-size must be at least 2 with model.prior = flow, but is 1",
                "model.prior=conditional | model.prior must not be conditional without data.conditions, but is conditional",
                "model.prior=vamp,model.posterior=iaf | model.posterior must be gaussian with model.prior = vamp, but is iaf",
                "model.hierarchy=deep | model.hierarchy must be one of none, bottom-up, ladder, but is deep",
                "model.hierarchy=ladder,model.upper-units=[8,4] | model.upper-units must be auto or have one width for each"
                        + " of the 1 of model.upper-latent-sizes, but is [8, 4]",
                "model.hierarchy=ladder,model.upper-latent-sizes=[2000000] | model.upper-latent-sizes must be at most"
                        + " 1048576 each, but is [2000000]",
                "model.upper-hidden-layers=65 | model.upper-hidden-layers must be at most 64, but is 65",
                "model.hierarchy=ladder,model.prior=flow,model.upper-latent-sizes=[2,1] | model.upper-latent-sizes must be at"
                        + " least 2 with model.prior = flow, but is 1",
                "model.hierarchy=bottom-up,model.prior=vamp | model.hierarchy must not be bottom-up with model.prior = vamp,"
                        + " which needs the topmost posterior of a row, but is bottom-up",
                "model.hierarchy=bottom-up,objective.free-bits=0.1 | objective.free-bits must be 0 with model.hierarchy ="
                        + " bottom-up, whose KL divergence has no closed form by latent, but is 0.1",
                "model.posterior=iaf,objective.free-bits=0.1 | objective.free-bits must be 0 unless model.prior ="
                        + " standard-normal or conditional, and model.posterior = gaussian: only there the KL divergence has a closed form by"
                        + " latent, but is 0.1",
            })
    void invalidSettingsAreRefusedByTheNameOfTheirKey(String overrides, String message) {
        assertThatThrownBy(() -> resolve(overrides.split(",(?=[a-z])")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith(message);
    }

    private static Prior prior(String... overrides) {
        return resolve(overrides).prior();
    }

    private static Posterior posterior(String... overrides) {
        return resolve(overrides).latentLayers().get(0).posterior();
    }

    private static VaeSpec resolve(String... overrides) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of(overrides));
        return TrainingPlan.resolve(
                        configuration,
                        TestEncoders.encoder().count("visits", 3, 1, 0.5).build(),
                        1_000,
                        1)
                .spec();
    }
}
