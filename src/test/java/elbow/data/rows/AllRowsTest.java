package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AllRowsTest {
    @Test
    void numbersThatAgreeAreRight() {
        assertThatCode(() -> AllRows.requireRead("input a", OptionalLong.of(5), 5))
                .doesNotThrowAnyException();
        assertThatCode(() -> AllRows.requireRead("input a", OptionalLong.empty(), 5))
                .doesNotThrowAnyException();
        assertThatCode(() -> AllRows.requireWritten("out", 5, 5)).doesNotThrowAnyException();
    }

    @Test
    void rowsThatWereNotReadAreTheInputsFault() {
        assertThatThrownBy(() -> AllRows.requireRead("input a", OptionalLong.of(12_000), 11_999))
                .hasMessageContaining("input a must give all rows that its files have")
                .hasMessageContaining("these are 12,000, and 11,999 were used or set aside")
                .asInstanceOf(InstanceOfAssertFactories.type(ElbowException.class))
                .extracting(ElbowException::category)
                .isEqualTo(ErrorCategory.INPUT);
    }

    @Test
    void unwrittenRowsAreInternalErrors() {
        assertThatThrownBy(() -> AllRows.requireWritten("out", 12_000, 12_001))
                .hasMessageContaining("of 12,000 in out there are 12,001")
                .asInstanceOf(InstanceOfAssertFactories.type(ElbowException.class))
                .extracting(ElbowException::category)
                .isEqualTo(ErrorCategory.INTERNAL);
    }
}
