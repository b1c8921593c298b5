package elbow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SinkColumnsTest {
    @Test
    void aTypeThatLosesDigitsDoesNotFit() {
        assertThat(SinkColumns.faults(of(DataTypes.LongType), of(DataTypes.DoubleType)))
                .containsExactly("n is double there and bigint here");
        assertThat(SinkColumns.faults(of(DataTypes.LongType), of(DataTypes.FloatType)))
                .hasSize(1);
        assertThat(SinkColumns.faults(of(DataTypes.IntegerType), of(DataTypes.FloatType)))
                .hasSize(1);
        assertThat(SinkColumns.faults(of(DataTypes.IntegerType), of(DataTypes.DoubleType)))
                .isEmpty();
        assertThat(SinkColumns.faults(of(DataTypes.ShortType), of(DataTypes.FloatType)))
                .isEmpty();
        assertThat(SinkColumns.faults(of(DataTypes.IntegerType), of(DataTypes.LongType)))
                .isEmpty();
    }

    @Test
    void aConditionHoldsForTheValueAsItIsWritten() {
        String value = "it's a \\ and \"two\" ''";
        Expression condition = new CatalystSqlParser().parseExpression(SinkColumns.equal(Map.of("a`b", value)));

        EqualTo equal = (EqualTo) condition;
        assertThat(equal.right().eval(null)).isEqualTo(UTF8String.fromString(value));
        assertThat(equal.left().toString()).isEqualTo("'a`b");
    }

    private static StructType of(DataType type) {
        return new StructType().add("n", type);
    }
}
