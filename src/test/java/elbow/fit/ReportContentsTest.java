package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.report.ScoreMeasure;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Laplace;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.Poisson;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportContentsTest {
    @Test
    void elbosAreReportedAsWhatTheLikelihoodsSayTheyAre() {
        assertThat(measure(new Bernoulli(), new Poisson(), new DiscretizedLogistic(256, 0)))
                .isEqualTo(ScoreMeasure.PROBABILITIES);
        assertThat(measure(Gaussian.fixed(1), new LogNormal(Gaussian.fixed(1)))).isEqualTo(ScoreMeasure.DENSITIES);
        assertThat(measure(Gaussian.fixed(1), new Poisson())).isEqualTo(ScoreMeasure.MIXED);
    }

    @Test
    void reportsElboOfCustomLikelihood() {
        assertThat(measure(new Laplace())).isEqualTo(ScoreMeasure.DENSITIES);
        assertThat(measure(new Laplace(), new Bernoulli())).isEqualTo(ScoreMeasure.MIXED);
    }

    private static ScoreMeasure measure(Likelihood... likelihoods) {
        return ReportContents.measure(VaeSpec.builder(likelihoods.length, 1)
                .likelihoods(Stream.of(likelihoods)
                        .map(likelihood -> new LikelihoodGroup(likelihood, 1))
                        .toList())
                .build());
    }
}
