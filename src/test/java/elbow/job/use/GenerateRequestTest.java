package elbow.job.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.CsvFormulas;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.use.GenerateRun.Files;
import elbow.use.GenerationPlan;
import elbow.use.GenerationPlan.GapPolicy;
import elbow.use.Take;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What {@code generate} may be asked for. */
class GenerateRequestTest {
    @Test
    void candidatesAreOfRowsThatFulfilACondition() {
        assertThatThrownBy(() -> request(Optional.empty(), OptionalInt.of(9)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("--candidates must not be given without --where")
                .hasMessageContaining("9");
        assertThat(request(Optional.of("a > 1"), OptionalInt.of(9)).plan(0).candidates())
                .isEqualTo(9);
        assertThat(request(Optional.of("a > 1"), OptionalInt.empty()).plan(0).candidates())
                .isEqualTo(GenerationPlan.USUAL_CANDIDATES);
        assertThat(request(Optional.empty(), OptionalInt.empty()).plan(5).seed())
                .isEqualTo(5);
    }

    private static GenerateRun.Request request(Optional<String> where, OptionalInt candidates) {
        return new GenerateRun.Request(
                "model",
                1,
                new TableRequest("made", OutputFormat.PARQUET, CsvFormulas.KEEP, IfExists.REFUSE),
                Files.TABLE,
                Take.DRAWN,
                GapPolicy.NONE,
                where,
                Optional.empty(),
                candidates,
                OptionalLong.empty());
    }
}
