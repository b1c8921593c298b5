package elbow;

import elbow.math.Activation;
import elbow.vae.Convolutions;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** A small network with each prior and posterior beyond the standard ones, and some with conditions or convolutions. */
@NullMarked
public final class SmallFamily {
    private static final Objective PLAIN = Objective.PLAIN;
    private static final Objective WEIGHTED =
            new Objective(Bound.IMPORTANCE_WEIGHTED, 3, 1, 0, new KlSchedule.Constant());

    private SmallFamily() {}

    /** Settings of the configuration that lead to each of them. */
    public static Stream<String> overrides() {
        return Stream.of(
                "model.prior=mixture,model.prior-components=4",
                "model.prior=flow,model.prior-couplings=2,model.prior-units=8",
                "model.prior=vamp,model.prior-components=20",
                "model.posterior=planar,model.posterior-steps=2",
                "model.posterior=iaf,model.posterior-steps=2,model.posterior-units=8",
                "model.posterior=iaf,model.posterior-units=8,model.prior=flow,objective.importance-weighted=true,"
                        + "objective.samples=3",
                "model.hierarchy=bottom-up,model.upper-units=[8]",
                "model.hierarchy=ladder,model.upper-latent-sizes=[3,2],model.upper-units=[8,6],"
                        + "model.prior=vamp,model.prior-components=9",
                "model.hierarchy=bottom-up,model.upper-hidden-layers=1,data.conditions=d,model.prior=conditional,"
                        + "objective.importance-weighted=true,objective.samples=3",
                "objective.mask-share=0.3",
                "data.conditions=c,objective.mask-share=0.3",
                "data.conditions=c",
                "data.conditions=d,model.prior=conditional,model.prior-units=8",
                "data.conditions=c,model.prior=conditional,model.posterior=iaf,model.posterior-units=8",
                "model.network=convolutional,model.convolution.channels=6",
                "model.network=convolutional,model.convolution.channels=4,data.image.binarise=none,"
                        + "model.variance=heteroscedastic,model.prior=vamp,model.prior-components=5");
    }

    /** The networks. */
    public static Stream<VaeSpec> specs(int columns) {
        return Stream.of(
                spec(columns, new GaussianMixture(4), new DiagonalGaussian(), PLAIN),
                spec(columns, new FlowPrior(2, 8), new DiagonalGaussian(), PLAIN),
                spec(columns, new VampPrior(20), new DiagonalGaussian(), PLAIN),
                spec(columns, new StandardNormal(), new PlanarFlows(2), PLAIN),
                spec(columns, new StandardNormal(), new InverseAutoregressiveFlows(2, 8), PLAIN),
                spec(columns, new VampPrior(7), new DiagonalGaussian(), WEIGHTED),
                spec(columns, new FlowPrior(3, 8), new InverseAutoregressiveFlows(2, 8), WEIGHTED),
                deep(columns, Hierarchy.BOTTOM_UP, new StandardNormal(), PLAIN),
                deep(columns, Hierarchy.BOTTOM_UP, new FlowPrior(2, 8), WEIGHTED),
                deep(columns, Hierarchy.LADDER, new StandardNormal(), PLAIN),
                deep(columns, Hierarchy.LADDER, new VampPrior(7), WEIGHTED),
                conditional(columns, new StandardNormal(), PLAIN),
                conditional(columns, new ConditionalGaussian(8), PLAIN),
                conditional(columns, new ConditionalGaussian(8), WEIGHTED),
                convolutional(columns, new StandardNormal(), PLAIN),
                convolutional(columns, new FlowPrior(2, 8), WEIGHTED));
    }

    private static VaeSpec deep(int columns, Hierarchy kind, Prior prior, Objective objective) {
        List<LayerSpec> hidden = List.of(new DenseSpec(6, Activation.TANH));
        return VaeSpec.builder(columns, 3)
                .encoder(8)
                .decoder(8)
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .upper(
                        kind,
                        List.of(
                                new LatentSpec(hidden, 4, new DiagonalGaussian(), List.of()),
                                new LatentSpec(hidden, 2, new DiagonalGaussian(), hidden)))
                .prior(prior)
                .objective(objective)
                .build();
    }

    /** The last column is a condition. */
    private static VaeSpec conditional(int columns, Prior prior, Objective objective) {
        return VaeSpec.builder(columns, 2)
                .encoder(8)
                .decoder(8)
                .likelihoods(List.of(new LikelihoodGroup(
                        Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), columns - 1, InputScale.NONE)))
                .conditions(List.of(new LikelihoodGroup(Gaussian.fixed(1), 1, InputScale.NONE, Role.CONDITION)))
                .prior(prior)
                .objective(objective)
                .build();
    }

    /** The first four columns are an image of 2 x 2 pixels. */
    private static VaeSpec convolutional(int columns, Prior prior, Objective objective) {
        return VaeSpec.builder(columns, 2)
                .encoder(8)
                .decoder(8)
                .convolutions(new Convolutions(new ImageSize(2, 2, 1), List.of(4, 4), 3, List.of(1, 2)))
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .prior(prior)
                .objective(objective)
                .build();
    }

    private static VaeSpec spec(int columns, Prior prior, Posterior posterior, Objective objective) {
        return VaeSpec.builder(columns, 2)
                .encoder(8)
                .decoder(8)
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .prior(prior)
                .posterior(posterior)
                .objective(objective)
                .build();
    }
}
