package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.score.SmallModels;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparabilityTest {
    @Test
    void densitiesOfTheSameColumnsAreComparableWhateverTheirLikelihood() {
        Comparability found = of(
                TestEncoders.encoder().real("a", 0, 1).count("n", 3, 1, 0.5).build(),
                TestEncoders.encoder()
                        .overdispersed("n", 3, 1, 0.5)
                        .heavyTailed("a", 0, 1)
                        .build());

        assertThat(found.isComparable()).isTrue();
        assertThat(found.objections()).isEmpty();
        assertThat(found.shared()).containsExactlyInAnyOrder("a", "n");
        assertThat(found.first()).containsEntry("n", "poisson").containsEntry("a", "gaussian");
        assertThat(found.second()).containsEntry("n", "negative-binomial").containsEntry("a", "student-t");
    }

    @Test
    void columnsOfOneModelAloneAreNamed() {
        Comparability found = of(
                TestEncoders.encoder().real("a", 0, 1).real("b", 0, 1).build(),
                TestEncoders.encoder()
                        .real("a", 0, 1)
                        .real("c", 0, 1)
                        .real("d", 0, 1)
                        .build());

        assertThat(found.isComparable()).isFalse();
        assertThat(found.objections()).containsExactly("Only A models column b.", "Only B models the columns c, d.");
        assertThat(found.shared()).containsExactly("a");
        assertThat(found.placesInFirst()).containsExactly(0);
        assertThat(found.placesInSecond()).containsExactly(0);
    }

    @Test
    void aDensityIsNoProbability() {
        Comparability found = of(
                TestEncoders.encoder().real("n", 3, 1).real("a", 0, 1).build(),
                TestEncoders.encoder().count("n", 3, 1, 0.5).real("a", 0, 1).build());

        assertThat(found.objections()).containsExactly("Of column n A measures a density, and B a probability.");
        assertThat(found.shared()).containsExactly("a");
        assertThat(found.unlike()).containsExactly("n");
    }

    @Test
    void probabilitiesOfOtherValuesAreNotMeasuredAlike() {
        FeatureEncoder spiked =
                TestEncoders.encoder().spiked("n", 3, 1, 40.0, 0.0).build();

        assertThat(of(spiked, TestEncoders.encoder().real("n", 3, 1).build()).objections())
                .containsExactly("Of column n A measures a density but for probabilities of 0, 40, and B a density.");
        assertThat(of(
                                spiked,
                                TestEncoders.encoder()
                                        .spiked("n", 3, 1, 0.0, 40.0)
                                        .build())
                        .isComparable())
                .isTrue();
    }

    @Test
    void aSharedPlaceIsLikelierThanEachOfItsValues() {
        Comparability found = of(
                TestEncoders.encoder().categorical("c", "red", "blue").build(),
                TestEncoders.encoder().categorical("c", "red", "blue", "green").build());

        assertThat(found.unlike()).containsExactly("c");
        assertThat(found.objections().get(0)).startsWith("Of column c A tells 2 values apart, and B other ones");
        assertThat(of(
                                TestEncoders.encoder()
                                        .categorical("c", "red", "blue")
                                        .build(),
                                TestEncoders.encoder()
                                        .categorical("c", "blue", "red")
                                        .build())
                        .isComparable())
                .isTrue();
    }

    @Test
    void timesInOtherPartsAreNotMeasuredAlike() {
        Comparability found = of(
                TestEncoders.encoder().time("at", TimePart.TIME_OF_DAY).build(),
                TestEncoders.encoder()
                        .time("at", TimePart.TIME_OF_DAY, TimePart.DAY_OF_WEEK)
                        .build());

        assertThat(found.unlike()).containsExactly("at");
    }

    @Test
    void otherSamplesAndOtherFloorsAreRemarkedOn() {
        FeatureEncoder encoder = TestEncoders.encoder().real("a", 0, 1).build();
        Comparability found = Comparability.of(model(encoder, "1e-3", 4), model(encoder, "1e-5", 0));

        assertThat(found.isComparable()).isTrue();
        assertThat(found.remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.startsWith("A is scored with 4 samples and B at the posterior mean"))
                .anyMatch(remark -> remark.startsWith("model.variance-floor is 1e-3 of A and 1e-5 of B"));
    }

    private static Comparability of(FeatureEncoder first, FeatureEncoder second) {
        return Comparability.of(model(first, "auto", 1), model(second, "auto", 1));
    }

    private static ComparedModel model(FeatureEncoder encoder, String floor, int samples) {
        return new ComparedModel(
                "model",
                SmallModels.trained(
                        encoder,
                        SmallModels.network(SmallModels.spec(encoder, 1), 7),
                        Map.of("model.variance-floor", floor),
                        Optional.empty()),
                samples);
    }
}
