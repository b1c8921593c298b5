package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFormulasTest {
    @Test
    void namesOfColumnsThatAreFormulasGetAnApostropheWhateverLinesTheyHave() {
        assertThat(CsvFormulas.guarded(List.of("=HYPERLINK(1)\nx", "@a\r\nb\u2028c", "\n", " \n-1", "a\n=b", "elbo")))
                .containsExactly("'=HYPERLINK(1)\nx", "'@a\r\nb\u2028c", "'\n", "' \n-1", "a\n=b", "elbo");
    }

    @Test
    void namesThatWouldBecomeOneAreRefused() {
        for (List<String> names : List.of(List.of("=a", "'=a"), List.of("'=A", "b", "=a"))) {
            assertThatThrownBy(() -> CsvFormulas.guarded(names))
                    .isInstanceOfSatisfying(
                            ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                    .hasMessageContainingAll(
                            "must be keep for columns", names.get(0), names.get(names.size() - 1), "rename one");
        }
    }
}
