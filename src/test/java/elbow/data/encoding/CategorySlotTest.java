package elbow.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.table.ExternalFields;
import elbow.data.table.Markers;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategorySlotTest {
    private final CategorySlot slot =
            new CategorySlot("town", 0, new Markers(List.of("?")), List.of("York", "Leeds"), List.of("Bath"), 4, true);

    /** As the vocabulary was made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "York|0",
                "` Leeds `|1",
                "`Leeds\t`|1",
                "`York\n`|0",
                "`\u3000Bath\u2003`|2",
                "`\u00a0York`|3",
                "york|3"
            })
    void blanksOfAnyKindAroundACategoryAreNoneOfIt(String text, float code) {
        assertThat(slot.encode(new ExternalFields().of(RowFactory.create(text))))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"?", "`?\t`"})
    void whatStandsForNoValueIsMissing(String text) {
        assertThat(slot.encode(new ExternalFields().of(RowFactory.create(text))))
                .isNaN();
    }
}
