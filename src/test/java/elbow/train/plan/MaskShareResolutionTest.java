package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.image.ImageShape;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which variables the encoder sees as missing where {@code objective.mask-share} hides some. */
class MaskShareResolutionTest {
    @Test
    void allModelledOnesAndConditionsWithGaps() {
        FeatureEncoder columns = TestEncoders.encoder()
                .real("a", 0, 1)
                .categorical("b", "x", "y")
                .real("complete", 0, 1)
                .categorical("shop", "u", "v", "w")
                .real("hour", 0, 1)
                .gaps("a", "shop", "hour")
                .build();

        // b has three encoded columns, shop four.
        assertThat(missing(given(columns, 2), "objective.mask-share=0")).containsExactly(0, 5, 9);
        assertThat(missing(given(columns, 2), "objective.mask-share=0.3")).containsExactly(0, 1, 5, 9);
    }

    @Test
    void imagesAloneCannotBeHiddenEvenBesideConditionsWithGaps() {
        FeatureEncoder columns = TestEncoders.encoder()
                .image("picture", new ImageShape(2, 2, 1))
                .real("hour", 0, 1)
                .gaps("hour")
                .build();

        assertThatThrownBy(() -> missing(given(columns, 1), "objective.mask-share=0.3"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith("objective.mask-share must be 0 for a model of images alone");
    }

    @Test
    void autoHidesWhereAModelledColumnHasGapsAndNowhereElse() {
        FeatureEncoder gap =
                TestEncoders.encoder().real("a", 0, 1).real("b", 0, 1).gaps("b").build();
        FeatureEncoder complete =
                TestEncoders.encoder().real("a", 0, 1).real("b", 0, 1).build();
        FeatureEncoder pictures = TestEncoders.encoder()
                .image("picture", new ImageShape(2, 2, 1))
                .real("hour", 0, 1)
                .gaps("hour")
                .build();

        assertThat(plan(gap, "objective.mask-share=auto")).isEqualTo(plan(gap, "objective.mask-share=0.3"));
        assertThat(plan(gap, "objective.mask-share=auto").epochs()).isEqualTo(1_024);
        assertThat(plan(complete, "objective.mask-share=auto")).isEqualTo(plan(complete, "objective.mask-share=0"));
        // The gaps are those of a condition, which is given as it is.
        assertThat(share(given(gap, 1))).isZero();
        assertThat(share(given(pictures, 1))).isZero();
        assertThat(share(given(pictures, 2))).isEqualTo(0.3);
    }

    @Test
    void theNumberStandsInThePlaceOfAutoOnceThereIsAPlan() {
        FeatureEncoder gap = TestEncoders.encoder().real("a", 0, 1).gaps("a").build();
        FeatureEncoder complete = TestEncoders.encoder().real("a", 0, 1).build();

        assertThat(settled(gap, "objective.mask-share=auto")).isEqualTo("0.3");
        assertThat(settled(complete, "objective.mask-share=auto")).isEqualTo("0");
        assertThat(settled(gap, "objective.mask-share=0.25")).isEqualTo("0.25");
        assertThat(settled(gap, "seed=1")).isEqualTo("0");
    }

    @Test
    void whatIsNeitherAutoNorAShareIsRefused() {
        FeatureEncoder some = TestEncoders.encoder().real("a", 0, 1).build();

        for (String wrong : List.of("1", "-0.1", "yes")) {
            assertThatThrownBy(() -> plan(some, "objective.mask-share=" + wrong))
                    .hasMessageContaining("objective.mask-share must be auto or a number in [0, 1), but is ")
                    .hasMessageContaining(wrong);
        }
    }

    private static double share(FeatureEncoder encoder) {
        return plan(encoder, "objective.mask-share=auto").spec().objective().maskShare();
    }

    private static String settled(FeatureEncoder encoder, String override) {
        Configuration asked = Configuration.defaults().withOverrides(List.of(override));
        return MaskShare.settled(asked, plan(encoder, override)).text("objective.mask-share");
    }

    private static TrainingPlan plan(FeatureEncoder encoder, String override) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of(override));
        return TrainingPlan.resolve(configuration, encoder, 1_000, 1);
    }

    private static List<Integer> missing(FeatureEncoder encoder, String override) {
        return plan(encoder, override).spec().row().missingColumns();
    }

    private static FeatureEncoder given(FeatureEncoder columns, int modelled) {
        return new FeatureEncoder(
                columns.features(), modelled, InputTransform.NONE, new Markers(List.of()), Set.of(), List.of());
    }
}
