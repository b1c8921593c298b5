package elbow.vae.input;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.Poisson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowSpecTest {
    @Test
    void valuesNearMeansAreValuesThatThereCanBe() {
        RowSpec spec = new RowSpec(
                List.of(
                        new LikelihoodGroup(Gaussian.fixed(1), 1),
                        new LikelihoodGroup(new Categorical(3), 6),
                        new LikelihoodGroup(new Poisson(), 1),
                        new LikelihoodGroup(new LogNormal(Gaussian.fixed(0.5)), 1)),
                InputTransform.NONE,
                List.of());

        float[] values = spec.valuesNear(new float[] {-0.25f, 0.2f, 0.5f, 0.3f, 0.6f, 0.4f, 0, 2.7f, 0});

        assertThat(values).containsExactly(-0.25f, 0, 1, 0, 1, 0, 0, 3, Float.MIN_VALUE);
        new InputCheck(spec).require(values, 0, 1);
    }
}
