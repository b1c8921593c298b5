package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import elbow.data.feature.TestEncoders;
import elbow.data.infer.ColumnProfile;
import elbow.train.plan.TrainingPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of settings that the rows decide. */
class WordsTest {
    private static final FeatureEncoder COMPLETE =
            TestEncoders.encoder().real("a", 0, 1).real("b", 0, 1).build();

    private static final FeatureEncoder WITH_GAPS =
            TestEncoders.encoder().real("a", 0, 1).real("b", 0, 1).gaps("a").build();

    @Test
    void howOftenValuesAreHiddenIsSaidWithTheReasonIfTheRowsDecide() {
        List<ColumnProfile> profiles = List.of(profile("a", 0.24), profile("b", 0), profile("id", Double.NaN));

        assertThat(hidden("auto", WITH_GAPS, profiles)).contains("0.3 (auto: 12 % of the values are missing)");
        assertThat(hidden("auto", WITH_GAPS, List.of(profile("a", 2e-6), profile("b", 0))))
                .contains("0.3 (auto: 0.0001 % of the values are missing)");
        assertThat(hidden("auto", COMPLETE, List.of(profile("a", 0), profile("b", 0))))
                .contains("0 (auto: no value is missing)");
        // An encoder that is kept has no profiles.
        assertThat(hidden("auto", WITH_GAPS, List.of())).contains("0.3 (auto: values were missing)");
    }

    @Test
    void aShareThatIsGivenIsSaidAndNoneIsNot() {
        assertThat(hidden("0.25", WITH_GAPS, List.of())).contains("0.25");
        assertThat(hidden("0", WITH_GAPS, List.of())).isEmpty();
    }

    private static Optional<String> hidden(String share, FeatureEncoder encoder, List<ColumnProfile> profiles) {
        Configuration asked = Configuration.defaults().withOverrides(List.of("objective.mask-share=" + share));
        return Words.hidden(asked, TrainingPlan.resolve(asked, encoder, 1_000, 1), encoder, profiles);
    }

    private static ColumnProfile profile(String column, double missingShare) {
        return new ColumnProfile(column, Optional.of(FeatureType.REAL), "", missingShare, "", "", "");
    }
}
