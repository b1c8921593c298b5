package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersAreAlignedToTheRightAndTextToTheLeft() {
        String table = new Table("data set", "rows", "ELBO")
                .row("mnist", "10,000", "-104.25")
                .row("cardio", "1,831", "-")
                .render();

        assertThat(table).isEqualTo("""
                        data set    rows     ELBO
                        -------------------------
                        mnist     10,000  -104.25
                        cardio     1,831        -""");
    }

    @Test
    void tableWithoutRowsIsItsHeader() {
        assertThat(new Table("a", "b").render()).isEqualTo("a  b\n----");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row must have 2 cells, but is 1");
    }
}
