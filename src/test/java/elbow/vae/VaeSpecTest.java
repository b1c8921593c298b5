package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.SmallFamily;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowSpec;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodHead;
import elbow.vae.likelihood.Poisson;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VaeSpecTest {
    static Stream<VaeSpec> specs() {
        return Stream.concat(
                Fixture.specs(),
                Stream.of(
                        Fixture.base()
                                .missingColumns(List.of(0, 6))
                                .objective(Fixture.elbo(1, 1, 0).withMaskShare(0.25))
                                .build(),
                        Fixture.base()
                                .inputTransform(InputTransform.SAMPLE)
                                .objective(new Objective(Bound.ELBO, 1, 1, 0, new KlSchedule.Cyclical(10, 3, 0.5)))
                                .build(),
                        Fixture.base()
                                .likelihood(Gaussian.learned(Gaussian.Variance.OPTIMAL_PER_COLUMN, 1e-3))
                                .build(),
                        Fixture.base().inputTransform(InputTransform.THRESHOLD).build()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void jsonRoundTrips(VaeSpec spec) {
        assertThat(read(VaeSpecJson.write(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @MethodSource("family")
    void jsonRoundTripsWithPriorsAndPosteriors(VaeSpec spec) {
        assertThat(read(VaeSpecJson.write(spec))).isEqualTo(spec);
    }

    static Stream<VaeSpec> family() {
        return SmallFamily.specs(4);
    }

    /** Names that stored models have. */
    @Test
    void priorsAndPosteriorsKeepTheirNamesInJson() {
        assertThat(family().map(VaeSpecJson::write)
                        .flatMap(json -> Stream.of(json.at("/prior"), json.at("/latentLayers/0/posterior")))
                        .map(Object::toString)
                        .distinct())
                .containsExactlyInAnyOrder(
                        "{\"type\":\"standardNormal\"}",
                        "{\"type\":\"gaussianMixture\",\"components\":4}",
                        "{\"type\":\"affineCouplings\",\"couplings\":2,\"units\":8}",
                        "{\"type\":\"affineCouplings\",\"couplings\":3,\"units\":8}",
                        "{\"type\":\"vampPrior\",\"pseudoInputs\":20}",
                        "{\"type\":\"vampPrior\",\"pseudoInputs\":7}",
                        "{\"type\":\"conditionalGaussian\",\"units\":8}",
                        "{\"type\":\"diagonalGaussian\"}",
                        "{\"type\":\"planarFlows\",\"steps\":2}",
                        "{\"type\":\"inverseAutoregressiveFlows\",\"steps\":2,\"units\":8}");
    }

    @Test
    void jsonRefusesUnknownAndMissingAndMistypedFields() {
        ObjectNode unknown = VaeSpecJson.write(Fixture.base().build()).put("colour", 1);
        assertThatThrownBy(() -> read(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec: colour is not a known field");
        ObjectNode missing = VaeSpecJson.write(Fixture.base().build());
        ((ObjectNode) missing.at("/latentLayers/0")).remove("size");
        assertThatThrownBy(() -> read(missing))
                .hasMessage("spec: latentLayers[0]: size must be a whole number of 32 bits, but is missing");
        ObjectNode mistyped = VaeSpecJson.write(Fixture.base().build());
        ((ObjectNode) mistyped.at("/latentLayers/0")).put("size", "3");
        assertThatThrownBy(() -> read(mistyped))
                .hasMessage("spec: latentLayers[0]: size must be a whole number of 32 bits, but is \"3\"");
        ObjectNode misnamed = VaeSpecJson.write(Fixture.base().build());
        ((ObjectNode) misnamed.at("/latentLayers/0/encoder/0")).put("activation", "tangent");
        assertThatThrownBy(() -> read(misnamed))
                .hasMessageStartingWith("spec: latentLayers[0]: encoder[0]: activation must be one of ")
                .hasMessageEndingWith("but is \"tangent\"");
    }

    @Test
    void jsonRefusesUnknownFieldsAndTypesOfItsParts() {
        ObjectNode strange = VaeSpecJson.write(Fixture.base().build());
        ((ObjectNode) strange.at("/columnGroups/0/likelihood")).put("colour", 1);
        assertThatThrownBy(() -> read(strange))
                .hasMessage("spec: columnGroups[0]: likelihood: colour is not a known field");
        ((ObjectNode) strange.at("/columnGroups/0/likelihood")).put("type", "cauchy");
        assertThatThrownBy(() -> read(strange))
                .hasMessage("spec: columnGroups[0]: likelihood: type must be one of bernoulli, categorical,"
                        + " continuousBernoulli, discretizedLogistic, gaussian, logNormal, negativeBinomial, ordinal,"
                        + " pointMasses, poisson, studentT, but is \"cauchy\"");
        ObjectNode unscheduled = VaeSpecJson.write(Fixture.base().build());
        ((ObjectNode) unscheduled.at("/objective/klSchedule")).put("type", "sudden");
        assertThatThrownBy(() -> read(unscheduled))
                .hasMessage("spec: objective: klSchedule: type must be one of constant, cyclical, linearWarmup, but"
                        + " is \"sudden\"");
    }

    private static VaeSpec read(ObjectNode json) {
        return VaeSpecJson.read("spec", json.toString());
    }

    @Test
    void likelihoodsMustCoverTheColumns() {
        assertThatThrownBy(() -> VaeSpec.builder(5, 2)
                        .likelihoods(List.of(new LikelihoodGroup(new Bernoulli(), 4)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("likelihoods must cover all 5 input columns, but is 4");
    }

    @Test
    void sizesMustBeInRange() {
        assertThatThrownBy(() -> VaeSpec.builder(5, 0).build()).hasMessageStartingWith("latentSize must be at least 1");
        assertThatThrownBy(() -> VaeSpec.builder(5, 2).encoder(3, -1).build())
                .hasMessageStartingWith("outputs must be at least 1");
        assertThatThrownBy(() -> VaeSpec.builder(5, 2)
                        .likelihood(Gaussian.fixed(1))
                        .inputTransform(InputTransform.SAMPLE)
                        .build())
                .hasMessage("inputTransform must be NONE without a Bernoulli group, but is SAMPLE");
        assertThatThrownBy(() -> new Objective(Bound.IMPORTANCE_WEIGHTED, 2, 1, 0.1, new KlSchedule.Constant()))
                .hasMessage("freeBits must be 0 with the importance-weighted bound, but is 0.1");
        assertThatThrownBy(() -> Gaussian.fixed(0)).hasMessage("value must be finite and above 0, but is 0.0");
    }

    @Test
    void whatIsTheDefaultAddsNothingToTheJson() {
        assertThat(VaeSpecJson.write(Fixture.base()
                                .objective(Fixture.elbo(1, 1, 0.3))
                                .build())
                        .at("/objective")
                        .fieldNames())
                .toIterable()
                .containsExactly("bound", "samples", "beta", "freeBits", "klSchedule");
    }

    @Test
    void theShareOfHiddenVariablesIsInTheJson() {
        VaeSpec spec = Fixture.base()
                .missingColumns(List.of(0, 6))
                .objective(Fixture.elbo(1, 1, 0).withMaskShare(0.25))
                .build();
        ObjectNode json = VaeSpecJson.write(spec);

        assertThat(json.at("/objective/maskShare").doubleValue()).isEqualTo(0.25);
        assertThat(read(json).objective().maskShare()).isEqualTo(0.25);
    }

    @Test
    void objectivesThatMakeNoSenseAreRefused() {
        Capacity capacity = new Capacity(5, 10);
        assertThatThrownBy(() -> Fixture.importanceWeighted(2, 1).withCapacity(capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be absent with the importance-weighted bound, but is 5.0");
        assertThatThrownBy(() -> Fixture.elbo(1, 1, 0.1).withCapacity(capacity))
                .hasMessage("freeBits must be 0 with a capacity, but is 0.1");
        assertThatThrownBy(() -> Fixture.elbo(1, 0, 0).withCapacity(capacity))
                .hasMessage("beta must be above 0 with a capacity, but is 0.0");
        Objective warmUp = new Objective(Bound.ELBO, 1, 1, 0, new KlSchedule.LinearWarmup(3));
        assertThatThrownBy(() -> warmUp.withCapacity(capacity))
                .hasMessage("klSchedule must be constant with a capacity, which rises itself, but is "
                        + "LinearWarmup[steps=3]");
        assertThatThrownBy(() -> Fixture.elbo(1, 1, 0).withFreeBitsOfMinibatch())
                .hasMessage("freeBitsScope must be ROW without free bits, but is MINIBATCH");
        assertThatThrownBy(() -> new Capacity(0, 1)).hasMessage("capacity must be finite and above 0, but is 0.0");
        assertThatThrownBy(() -> Fixture.base()
                        .likelihood(Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 0.01))
                        .objective(Fixture.importanceWeighted(2, 1))
                        .build())
                .hasMessage("variance must be no optimal one with the importance-weighted bound, for which it has no"
                        + " closed form, but is optimal");
        assertThatThrownBy(() -> Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 0))
                .hasMessage("floor must be above 0 with an optimal variance, but is 0.0");
        Objective shared = Fixture.elbo(1, 1, 0.1).withFreeBitsOfMinibatch();
        assertThatThrownBy(() -> Fixture.base()
                        .prior(new TestPriors.SampledNormal())
                        .objective(shared)
                        .build())
                .hasMessageStartingWith("freeBits must be 0 with the prior ");
    }

    @Test
    void capacityRisesAndStays() {
        Capacity capacity = new Capacity(25, 100);
        assertThat(capacity.at(0)).isZero();
        assertThat(capacity.at(10)).isEqualTo(2.5);
        assertThat(capacity.at(1000)).isEqualTo(25);
        assertThat(Fixture.elbo(1, 1, 0).withCapacity(capacity).settledAt()).isEqualTo(100);
        assertThat(new Objective(Bound.ELBO, 1, 1, 0, new KlSchedule.LinearWarmup(7)).settledAt())
                .isEqualTo(7);
    }

    @Test
    void moreColumnsThanThereCanBeAreRefusedBeforeTheyAreLookedAt() {
        LikelihoodGroup most = new LikelihoodGroup(new Bernoulli(), Integer.MAX_VALUE);
        assertThatThrownBy(() -> new RowSpec(List.of(most, most), InputTransform.NONE, List.of()))
                .hasMessage("inputSize must lie in 1..1048576, but is 4294967294");
    }

    @Test
    void missingColumnsMustStartVariables() {
        assertThatThrownBy(() -> Fixture.mixed().missingColumns(List.of(0, 3)).build())
                .hasMessage("missingColumns must be a variable's first column, but is 3");
        assertThatThrownBy(() -> Fixture.mixed().missingColumns(List.of(5, 2)).build())
                .hasMessage("missingColumns must be ascending, but is [5, 2]");
        assertThatThrownBy(() -> Fixture.mixed().missingColumns(List.of(23)).build())
                .hasMessage("missingColumns must be a variable's first column, but is 23");
        VaeSpec spec = Fixture.mixed().missingColumns(List.of(2, 22)).build();
        assertThat(spec.row().encoderInputs()).isEqualTo(25);
        assertThat(spec.row().variables()).isEqualTo(17);
        // Gaussian 2, categories 6, counts 2, ordinal 1, count 1, log-normal 2 x 2, t 2, unit 2, levels 2, binary 1.
        assertThat(LikelihoodHead.outputs(spec.likelihoods())).isEqualTo(23);
    }

    @Test
    void inputScalesMustFitTheirGroup() {
        InputScale two = new InputScale(List.of(0.0, 1.0), List.of(1.0, 2.0));
        assertThatThrownBy(() -> new LikelihoodGroup(new Poisson(), 3, two))
                .hasMessage("inputScale must have 0 or 3 centres, but is 2");
        assertThatThrownBy(() -> new InputScale(List.of(0.0), List.of()))
                .hasMessage("factors must be as many as the centres, 1, but is []");
        assertThatThrownBy(() -> new InputScale(List.of(0.0), List.of(-1.0)))
                .hasMessage("factors must be finite and at least 0, but is -1.0");
        assertThatThrownBy(() -> new LikelihoodGroup(new Poisson(), 1, new InputScale(List.of(0.0), List.of(0.0))))
                .hasMessage("factors must be above 0 for columns that are modelled, but is [0.0]");
        assertThatThrownBy(() -> new InputScale(List.of(Double.NaN), List.of(1.0)))
                .hasMessage("centres must be finite, but is NaN");
    }

    @Test
    void klSchedulesFollowTheStep() {
        KlSchedule linear = new KlSchedule.LinearWarmup(4);
        assertThat(linear.weight(0)).isZero();
        assertThat(linear.weight(1)).isEqualTo(0.25);
        assertThat(linear.weight(9)).isEqualTo(1);
        assertThat(linear.settledAt()).isEqualTo(4);
        KlSchedule cyclical = new KlSchedule.Cyclical(10, 2, 0.5);
        assertThat(cyclical.weight(2)).isEqualTo(0.4);
        assertThat(cyclical.weight(7)).isEqualTo(1);
        assertThat(cyclical.weight(12)).isEqualTo(0.4);
        assertThat(cyclical.weight(20)).isEqualTo(1);
        assertThat(cyclical.settledAt()).isEqualTo(20);
    }

    @Test
    void layoutNamesEveryParameterOnce() {
        ParameterLayout layout = Fixture.base()
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0))
                .build()
                .layout();
        assertThat(layout.blocks())
                .extracting(ParameterBlock::name)
                .containsExactly(
                        "encoder.0.weights",
                        "encoder.0.bias",
                        "posterior.weights",
                        "posterior.bias",
                        "decoder.0.weights",
                        "decoder.0.bias",
                        "output.weights",
                        "output.bias",
                        "likelihood.0.0");
        int next = 0;
        for (ParameterBlock block : layout.blocks()) {
            assertThat(block.offset()).isEqualTo(next);
            next += block.length();
        }
        assertThat(layout.length()).isEqualTo(next).isEqualTo(8 * 5 + 6 * 6 + 4 * 4 + 5 * 7 + 7);
    }
}
