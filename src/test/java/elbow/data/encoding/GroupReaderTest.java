package elbow.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.table.Markers;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class GroupReaderTest {
    private final GroupReader reader = new GroupReader(new int[] {2, 0}, new Markers(List.of("?", "NA")));

    @Test
    void aKeyIsTheTextsOfTheColumnsInTheirOrder() {
        assertThat(reader.key(RowFactory.create(17, "x", " north "))).isEqualTo("[\"north\",\"17\"]");
    }

    @Test
    void whatStandsForNoValueIsAValueOfItsOwn() {
        assertThat(reader.key(RowFactory.create(null, "x", "na"))).isEqualTo("[null,null]");
        assertThat(GroupReader.key(Arrays.asList("null", null))).isEqualTo("[\"null\",null]");
    }

    @Test
    void rowsAsSparkHoldsThemGiveTheSameKeys() {
        GenericInternalRow row = new GenericInternalRow(
                new Object[] {UTF8String.fromString("17"), null, UTF8String.fromString("no\"r\\th")});

        assertThat(reader.key(row)).isEqualTo(reader.key(RowFactory.create(17, null, "no\"r\\th")));
    }

    @Test
    void valuesAreNotTakenForOthers() {
        assertThat(GroupReader.key(List.of("a\",\"b"))).isNotEqualTo(GroupReader.key(List.of("a", "b")));
        assertThat(GroupReader.key(List.of("a\\"))).isEqualTo("[\"a\\\\\"]");
    }
}
