package elbow.vae;

import elbow.math.Activation;
import elbow.vae.layer.ImageSize;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.likelihood.Poisson;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.VampPrior;
import java.util.List;
import java.util.stream.Stream;

/** Small networks with convolutions: grey and coloured, of one and several planes, alone and beside other columns. */
public final class ConvolutionSpecs {
    private ConvolutionSpecs() {}

    public static Stream<VaeSpec> all() {
        return Stream.concat(images(), tables());
    }

    private static Stream<VaeSpec> images() {
        Convolutions grey = convolutions(new ImageSize(4, 4, 1), List.of(2, 3), 4, List.of(2, 2));
        Convolutions coloured = convolutions(new ImageSize(4, 2, 3), List.of(3, 2), 3, List.of(2, 1));
        return Stream.of(
                image(grey).build(),
                image(grey).activation(Activation.RELU).build(),
                image(grey).activation(Activation.GELU).encoder().decoder().build(),
                image(convolutions(new ImageSize(3, 6, 1), List.of(2), 5, List.of(3)))
                        .encoder(4)
                        .build(),
                image(coloured).activation(Activation.SOFTPLUS).build(),
                image(coloured)
                        .likelihood(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01))
                        .encoder(5, 4)
                        .build(),
                image(coloured)
                        .likelihood(new DiscretizedLogistic(256, 0.001))
                        .objective(Fixture.importanceWeighted(3, 0.6))
                        .build(),
                image(grey).objective(Fixture.elbo(2, 0.7, 0.3)).build(),
                image(grey).prior(new VampPrior(3)).build());
    }

    private static VaeSpec.Builder image(Convolutions convolutions) {
        return VaeSpec.builder(convolutions.image().values(), 3)
                .encoder(5)
                .decoder(4)
                .convolutions(convolutions);
    }

    private static Stream<VaeSpec> tables() {
        Convolutions two = convolutions(new ImageSize(4, 2, 1), List.of(2, 3), 3, List.of(2, 1));
        // A binary column shares its group with the pixels.
        VaeSpec.Builder binary = VaeSpec.builder(14, 3)
                .encoder(5)
                .decoder(4)
                .likelihoods(List.of(
                        new LikelihoodGroup(new Bernoulli(), 9),
                        new LikelihoodGroup(new Categorical(3), 3),
                        new LikelihoodGroup(new Poisson(), 2, new InputScale(List.of(1.0, 2.0), List.of(0.5, 2.0)))))
                .convolutions(two);
        VaeSpec.Builder grey = VaeSpec.builder(13, 3)
                .encoder(5)
                .decoder(4)
                .likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01), 10),
                        new LikelihoodGroup(new Categorical(3), 3)))
                .convolutions(two);
        VaeSpec.Builder given = VaeSpec.builder(10, 3)
                .encoder(5)
                .decoder(4)
                .likelihoods(List.of(new LikelihoodGroup(new Bernoulli(), 8)))
                .conditions(List.of(new LikelihoodGroup(Gaussian.fixed(1), 2, InputScale.NONE, Role.CONDITION)))
                .convolutions(two);
        return Stream.of(
                binary.build(),
                binary.missingColumns(List.of(9, 12)).build(),
                binary.prior(new VampPrior(3)).build(),
                grey.build(),
                grey.missingColumns(List.of(8))
                        .objective(Fixture.importanceWeighted(3, 1))
                        .build(),
                grey.encoder().decoder().build(),
                given.build(),
                given.prior(new ConditionalGaussian(4)).build());
    }

    static Convolutions convolutions(ImageSize image, List<Integer> channels, int kernel, List<Integer> strides) {
        return new Convolutions(image, channels, kernel, strides);
    }
}
