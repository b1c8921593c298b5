package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
    @ParameterizedTest
    @EnumSource
    void foreseenFailureKeepsItsCategoryThroughSparksWrapping(ErrorCategory category) {
        Throwable failure = new SparkException(
                "Job aborted due to stage failure: lost task\nDriver stacktrace:",
                new ElbowException(category, "row 7 of a.csv has no label"));

        assertThat(Failure.category(failure)).isEqualTo(category);
        assertThat(Failure.message(failure)).isEqualTo("row 7 of a.csv has no label");
    }

    @Test
    void argumentThatElbowsOwnChecksRefuseIsADefect() {
        Throwable failure = catchThrowable(() -> Check.positive("latentSize", 0));

        assertThat(Failure.category(failure)).isEqualTo(ErrorCategory.INTERNAL);
        assertThat(Failure.category(failure).exitCode()).isEqualTo(1);
        assertThat(Failure.message(failure))
                .isEqualTo("unexpected IllegalArgumentException: latentSize must be at least 1, but is 0");
    }

    @Test
    void whatIsCheckedAsUsageIsBadUsageAndNamesTheFlag() {
        Throwable failure = catchThrowable(() -> Check.usage(false, Parameter.EXPLAINED, "be at least 0", -1));

        assertThat(Failure.category(failure)).isEqualTo(ErrorCategory.USAGE);
        assertThat(Failure.message(failure)).isEqualTo("--explain must be at least 0, but is -1");
    }

    @Test
    void argumentThatALibraryRefusesIsADefect() {
        Throwable failure = catchThrowable(() -> List.of("a").subList(1, 0));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(Failure.category(failure)).isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void unforeseenFailureIsNamedOnOneLine() {
        Throwable failure = new IllegalStateException("first line\nsecond line");

        assertThat(Failure.category(failure)).isEqualTo(ErrorCategory.INTERNAL);
        assertThat(Failure.message(failure)).isEqualTo("unexpected IllegalStateException: first line");
        assertThat(Failure.message(new IllegalStateException())).isEqualTo("unexpected IllegalStateException");
    }
}
