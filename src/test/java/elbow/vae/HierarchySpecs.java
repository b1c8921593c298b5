package elbow.vae;

import elbow.math.Activation;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.Objective;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Networks with several layers of latents. */
final class HierarchySpecs {
    private HierarchySpecs() {}

    /** Both kinds, of two and three layers, under every kind of objective, prior and topmost posterior. */
    static Stream<VaeSpec> specs() {
        List<VaeSpec> specs = new ArrayList<>();
        List<Objective> objectives = List.of(
                Fixture.elbo(1, 1, 0),
                Fixture.elbo(3, 0.7, 0),
                Fixture.elbo(1, 0, 0),
                Fixture.elbo(3, 2, 0).withCapacity(new Capacity(1, 10)),
                Fixture.elbo(2, 2, 0).withCapacity(new Capacity(1000, 10)),
                Fixture.importanceWeighted(4, 1),
                Fixture.importanceWeighted(3, 0.6));
        for (Hierarchy kind : Hierarchy.values()) {
            for (Objective objective : objectives) {
                specs.add(two(kind).objective(objective).build());
                specs.add(three(kind).objective(objective).build());
                specs.add(two(kind)
                        .prior(new GaussianMixture(3))
                        .objective(objective)
                        .build());
                specs.add(two(kind, new InverseAutoregressiveFlows(2, 4))
                        .objective(objective)
                        .build());
            }
            specs.add(two(kind).prior(new FlowPrior(2, 3)).build());
            specs.add(two(kind, new PlanarFlows(2)).prior(new FlowPrior(2, 3)).build());
            for (Prior prior : List.of(new StandardNormal(), new ConditionalGaussian(4), new GaussianMixture(2))) {
                for (Objective objective : List.of(Fixture.elbo(2, 1, 0), Fixture.importanceWeighted(3, 1))) {
                    specs.add(ConditionalSpecs.builder()
                            .upper(kind, List.of(layer(2, new DiagonalGaussian(), 4)))
                            .prior(prior)
                            .objective(objective)
                            .build());
                }
            }
            specs.add(Fixture.mixed()
                    .missingColumns(List.of(0, 2, 5, 9, 10, 13, 15, 17, 20, 22))
                    .upper(kind, List.of(layer(2, new DiagonalGaussian(), 4)))
                    .objective(Fixture.elbo(2, 1, 0))
                    .build());
            specs.add(VaeSpec.builder(4 * 4, 3)
                    .encoder(5)
                    .decoder(4)
                    .convolutions(new Convolutions(new ImageSize(4, 4, 1), List.of(2), 3, List.of(2)))
                    .upper(kind, List.of(layer(2, new DiagonalGaussian(), 4)))
                    .build());
        }
        for (Objective objective : List.of(
                Fixture.elbo(1, 1.5, 0.3),
                Fixture.elbo(3, 1, 0.2),
                Fixture.elbo(3, 0.7, 0.5).withFreeBitsOfMinibatch(),
                Fixture.elbo(1, 1, 0.2).withFreeBitsOfMinibatch())) {
            specs.add(two(Hierarchy.LADDER).objective(objective).build());
            specs.add(three(Hierarchy.LADDER).objective(objective).build());
        }
        for (Objective objective :
                List.of(Fixture.elbo(1, 1, 0), Fixture.elbo(3, 0.7, 0), Fixture.importanceWeighted(3, 1))) {
            specs.add(two(Hierarchy.LADDER)
                    .prior(new VampPrior(9))
                    .objective(objective)
                    .build());
            specs.add(three(Hierarchy.LADDER)
                    .prior(new VampPrior(2))
                    .objective(objective)
                    .build());
        }
        // No hidden layers between latents.
        specs.add(Fixture.base()
                .encoder()
                .decoder()
                .upper(Hierarchy.BOTTOM_UP, List.of(layer(2, new DiagonalGaussian())))
                .objective(Fixture.elbo(2, 1, 0))
                .build());
        return specs.stream();
    }

    static VaeSpec.Builder two(Hierarchy kind) {
        return two(kind, new DiagonalGaussian());
    }

    private static VaeSpec.Builder two(Hierarchy kind, Posterior top) {
        return Fixture.base().upper(kind, List.of(layer(2, top, 4)));
    }

    static VaeSpec.Builder three(Hierarchy kind) {
        return Fixture.base()
                .upper(kind, List.of(layer(4, new DiagonalGaussian(), 6, 5), layer(2, new DiagonalGaussian(), 3)));
    }

    /** A layer of latents, with hidden layers of those widths up to it, and back down. */
    static LatentSpec layer(int size, Posterior posterior, Integer... widths) {
        List<Integer> down = new ArrayList<>(Arrays.asList(widths));
        Collections.reverse(down);
        return new LatentSpec(dense(Arrays.asList(widths)), size, posterior, dense(down));
    }

    private static List<LayerSpec> dense(List<Integer> widths) {
        return widths.stream()
                .<LayerSpec>map(width -> new DenseSpec(width, Activation.TANH))
                .toList();
    }
}
