package elbow.vae;

import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.likelihood.Poisson;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.Objective;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.List;
import java.util.stream.Stream;

/** Networks whose rows have conditions. */
public final class ConditionalSpecs {
    private ConditionalSpecs() {}

    /** Networks with conditions of every kind, under every kind of prior, posterior and objective. */
    public static Stream<VaeSpec> specs() {
        List<Prior> priors =
                List.of(new StandardNormal(), new ConditionalGaussian(4), new GaussianMixture(2), new VampPrior(3));
        List<Objective> objectives = List.of(
                Fixture.elbo(1, 1, 0),
                Fixture.elbo(3, 0.7, 0),
                Fixture.elbo(3, 2, 0).withCapacity(new Capacity(1, 10)),
                Fixture.importanceWeighted(4, 1),
                Fixture.importanceWeighted(3, 0.6));
        Stream<VaeSpec> every = priors.stream()
                .flatMap(prior -> objectives.stream()
                        .map(objective ->
                                builder().prior(prior).objective(objective).build()));
        Prior given = new ConditionalGaussian(4);
        return Stream.concat(
                every,
                Stream.of(
                        builder()
                                .prior(given)
                                .objective(Fixture.elbo(2, 1.5, 0.3))
                                .build(),
                        builder()
                                .prior(given)
                                .objective(Fixture.elbo(3, 0.7, 0.5).withFreeBitsOfMinibatch())
                                .build(),
                        builder().prior(given).posterior(new PlanarFlows(1)).build(),
                        builder()
                                .prior(given)
                                .posterior(new InverseAutoregressiveFlows(2, 4))
                                .objective(Fixture.importanceWeighted(3, 1))
                                .build(),
                        builder().encoder().decoder().build(),
                        builder()
                                .prior(given)
                                .missingColumns(List.of(1, 4, 7, 11))
                                .build(),
                        // The encoder sees what the likelihoods see.
                        VaeSpec.builder(5, 2)
                                .encoder(4)
                                .decoder(3)
                                .likelihoods(List.of(new LikelihoodGroup(new Bernoulli(), 3)))
                                .conditions(List.of(
                                        new LikelihoodGroup(new Bernoulli(), 2, InputScale.NONE, Role.CONDITION)))
                                .prior(given)
                                .build()));
    }

    /** Four columns, and under conditions: a category, one of whose values is never seen, a number, a count. */
    static VaeSpec.Builder builder() {
        return VaeSpec.builder(12, 3)
                .encoder(5)
                .decoder(4)
                .likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01), 2),
                        new LikelihoodGroup(new Bernoulli(), 2)))
                .conditions(List.of(
                        new LikelihoodGroup(
                                new Categorical(3),
                                6,
                                new InputScale(
                                        List.of(0.5, 0.3, 0.2, 0.6, 0.4, 0.01), List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.0)),
                                Role.CONDITION),
                        new LikelihoodGroup(
                                Gaussian.fixed(1), 1, new InputScale(List.of(0.2), List.of(1.5)), Role.CONDITION),
                        new LikelihoodGroup(
                                new Poisson(), 1, new InputScale(List.of(1.0), List.of(0.5)), Role.CONDITION)));
    }
}
