package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.math.Activation;
import elbow.vae.input.InputTransform;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Specs as each version of the format wrote them; a file is never changed, only added to. */
final class VaeSpecGoldenTest {
    private static final VaeSpec FIRST = VaeSpec.builder(7, 2)
            .encoder(6, 4)
            .decoder(5)
            .activation(Activation.SILU)
            .likelihoods(List.of(
                    new LikelihoodGroup(new Bernoulli(), 3),
                    new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), 2),
                    new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01), 1),
                    new LikelihoodGroup(Gaussian.fixed(0.5), 1)))
            .inputTransform(InputTransform.SAMPLE)
            .objective(new Objective(Bound.IMPORTANCE_WEIGHTED, 3, 0.5, 0, new KlSchedule.Cyclical(10, 3, 0.5)))
            .build();

    private static final VaeSpec SECOND =
            Fixture.mixed().missingColumns(List.of(0, 2, 8, 10)).build();

    @Test
    void versionOneHadNoGapsAndNoInputScales() throws IOException {
        assertThat(VaeSpecJson.read("spec", text("spec-1.json"))).isEqualTo(FIRST);
    }

    @Test
    void versionTwoWasNoTree() throws IOException {
        assertThat(VaeSpecJson.read("spec", text("spec-2.json"))).isEqualTo(SECOND);
    }

    @Test
    void versionThreeIsReadAndWritten() throws IOException {
        assertThat(VaeSpecJson.read("spec", text("spec-3.json"))).isEqualTo(SECOND);
        assertThat(VaeSpecJson.write(SECOND).toPrettyString() + "\n").isEqualTo(text("spec-3.json"));
    }

    @Test
    void laterObjectivesAndVariancesAreReadAndWritten() throws IOException {
        VaeSpec held = VaeSpec.builder(3, 2)
                .likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 0.01), 2),
                        new LikelihoodGroup(
                                new LogNormal(Gaussian.learned(Gaussian.Variance.OPTIMAL_PER_COLUMN, 1e-3)), 1)))
                .objective(Fixture.elbo(1, 20, 0).withCapacity(new Capacity(5, 100)))
                .build();
        assertThat(VaeSpecJson.read("spec", text("spec-3-objectives.json"))).isEqualTo(held);
        assertThat(VaeSpecJson.write(held).toPrettyString() + "\n").isEqualTo(text("spec-3-objectives.json"));
        assertThat(VaeSpecJson.write(Fixture.base()
                                .objective(Fixture.elbo(1, 1, 0.5).withFreeBitsOfMinibatch())
                                .build())
                        .at("/objective")
                        .toString())
                .isEqualTo("{\"bound\":\"elbo\",\"samples\":1,\"beta\":1.0,\"freeBits\":0.5,\"freeBitsScope\":"
                        + "\"minibatch\",\"klSchedule\":{\"type\":\"constant\"}}");
    }

    @Test
    void layersOfLatentsAreReadAndWritten() throws IOException {
        VaeSpec deep = VaeSpec.builder(3, 4)
                .encoder(5)
                .decoder(6)
                .upper(Hierarchy.LADDER, List.of(HierarchySpecs.layer(2, new PlanarFlows(2), 7, 3)))
                .build();
        assertThat(VaeSpecJson.read("spec", text("spec-3-hierarchy.json"))).isEqualTo(deep);
        assertThat(VaeSpecJson.write(deep).toPrettyString() + "\n").isEqualTo(text("spec-3-hierarchy.json"));
        assertThat(VaeSpecJson.write(SECOND).has("hierarchy")).isFalse();
        assertThatThrownBy(() ->
                        VaeSpecJson.read("spec", text("spec-3-hierarchy.json").replace("ladder", "spiral")))
                .hasMessageContaining("hierarchy")
                .hasMessageContaining("spiral");
    }

    @Test
    void versionsToComeAreRefused() throws IOException {
        String later = text("spec-3.json").replace("\"formatVersion\" : 3", "\"formatVersion\" : 4");
        assertThatThrownBy(() -> VaeSpecJson.read("spec", later))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec: formatVersion must be 1 to 3, but is 4: it was written by another version of Elbow");
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = VaeSpecGoldenTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
