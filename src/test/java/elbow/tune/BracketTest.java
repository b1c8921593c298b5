package elbow.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.tune.Bracket.Rung;
import java.util.List;
import org.junit.jupiter.api.Test;

class BracketTest {
    @Test
    void halvingDividesTrialsAndMultipliesEpochs() {
        assertThat(Bracket.halving(27, 3, 3, 90).rungs())
                .containsExactly(new Rung(27, 10), new Rung(9, 30), new Rung(3, 90));
        assertThat(Bracket.halving(10, 2, 4, 100).rungs())
                .containsExactly(new Rung(10, 13), new Rung(5, 25), new Rung(2, 50), new Rung(1, 100));
        assertThat(Bracket.halving(2, 3, 3, 9).rungs()).containsExactly(new Rung(2, 1), new Rung(1, 3), new Rung(1, 9));
    }

    // Algorithm 1 with R = 81 and eta = 3: s_max = 4, B = 5 R.
    @Test
    void hyperbandHasTheBracketsOfItsAlgorithm() {
        assertThat(Bracket.hyperband(3, 5, 81))
                .extracting(Bracket::rungs)
                .containsExactly(
                        List.of(new Rung(81, 1), new Rung(27, 3), new Rung(9, 9), new Rung(3, 27), new Rung(1, 81)),
                        List.of(new Rung(34, 3), new Rung(11, 9), new Rung(3, 27), new Rung(1, 81)),
                        List.of(new Rung(15, 9), new Rung(5, 27), new Rung(1, 81)),
                        List.of(new Rung(8, 27), new Rung(2, 81)),
                        List.of(new Rung(5, 81)));
    }

    @Test
    void rungsThatWouldHaveNoEpochAreRefused() {
        Configuration many = Configuration.defaults().withOverrides(List.of("tune.rungs=4"));

        assertThat(TuneSettings.of(many).brackets(27)).hasSize(1);
        assertThatThrownBy(() -> TuneSettings.of(many).brackets(26))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("tune.rungs must leave the first rung an epoch: with 26 epochs (training.epochs) and"
                        + " tune.reduction = 3 be at most 3, but is 4");
        assertThatThrownBy(() -> TuneSettings.of(many.withOverrides(List.of("tune.reduction=1"))))
                .hasMessage("tune.reduction must be a whole number of at least 2, but is 1");
    }
}
