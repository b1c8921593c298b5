package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures()
            .add("rows", 1831L)
            .add("elbo", -12.34567)
            .add("auroc", Double.NaN)
            .add("report", "models/cardio/report.html");

    @Test
    void figuresAreReadBackFromTheirJson() {
        Figures read = Figures.parse(figures.toJson(), "evaluate.json");

        assertThat(read.number("rows")).hasValue(1831);
        assertThat(read.number("elbo")).hasValue(-12.34567);
        assertThat(read.text("report")).isEqualTo("models/cardio/report.html");
        assertThat(read.toJson()).isEqualTo(figures.toJson());
    }

    @Test
    void nonFiniteAndMissingNumbersAreEmpty() {
        Figures read = Figures.parse(figures.toJson(), "evaluate.json");

        assertThat(read.number("auroc")).isEmpty();
        assertThat(read.number("averagePrecision")).isEmpty();
    }

    @Test
    void linesAreAlignedAndShowFourDecimals() {
        assertThat(figures.render()).isEqualTo("""
                        rows    1831
                        elbo    -12.3457
                        auroc   -
                        report  models/cardio/report.html""");
    }

    @Test
    void jsonThatIsNoObjectIsRefusedByName() {
        assertThatThrownBy(() -> Figures.parse("[1]", "train.json"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("train.json must be a JSON object, but is [1]");
        assertThatThrownBy(() -> Figures.parse("{", "train.json"))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("train.json is not JSON: ");
    }
}
