package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobustResolverTest {
    private static final FeatureEncoder ENCODER =
            TestEncoders.encoder().real("x", 0, 1).real("y", 0, 1).build();

    @Test
    void nothingIsLeftOutByDefault() {
        assertThat(share()).isZero();
    }

    @Test
    void onAndAutoLeaveTheShareOut() {
        assertThat(share("training.robust=on")).isEqualTo(0.1);
        assertThat(share("training.robust=auto")).isEqualTo(0.1);
        assertThat(share("training.robust=on", "training.robust-share=0.25")).isEqualTo(0.25);
        assertThat(share("training.robust=off", "training.robust-share=0.25")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "training.master=stock, training.robust must be off under the stock master",
        "model.variance=optimal, training.robust must be off with optimal variances",
        "training.batch-size=9, training.robust-share x training.batch-size must be at least 1"
    })
    void whatCannotBeIsOffUnderAutoAndRefusedUnderOn(String setting, String refusal) {
        assertThat(share("training.robust=auto", setting)).isZero();
        assertThatThrownBy(() -> share("training.robust=on", setting))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "0.7"})
    void moreIsKeptThanLeftOut(String share) {
        assertThatThrownBy(() -> share("training.robust-share=" + share))
                .hasMessage("training.robust-share must lie above 0 and below 0.5, but is " + share);
    }

    @Test
    void otherWordsAreRefused() {
        assertThatThrownBy(() -> share("training.robust=perhaps"))
                .hasMessageContaining("training.robust")
                .hasMessageContaining("on, off");
    }

    private static double share(String... settings) {
        return TrainingPlan.resolve(Configuration.defaults().withOverrides(List.of(settings)), ENCODER, 1_000, 1)
                .trimmedShare();
    }
}
