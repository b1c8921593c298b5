package elbow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TableColumnsTest {
    @Test
    void aTypeThatLosesDigitsDoesNotFit() {
        assertThat(TableColumns.faults(of(DataTypes.LongType), of(DataTypes.DoubleType)))
                .containsExactly("n is double there and bigint here");
        assertThat(TableColumns.faults(of(DataTypes.LongType), of(DataTypes.FloatType)))
                .hasSize(1);
        assertThat(TableColumns.faults(of(DataTypes.IntegerType), of(DataTypes.FloatType)))
                .hasSize(1);
        assertThat(TableColumns.faults(of(DataTypes.IntegerType), of(DataTypes.DoubleType)))
                .isEmpty();
        assertThat(TableColumns.faults(of(DataTypes.ShortType), of(DataTypes.FloatType)))
                .isEmpty();
        assertThat(TableColumns.faults(of(DataTypes.IntegerType), of(DataTypes.LongType)))
                .isEmpty();
    }

    private static StructType of(DataType type) {
        return new StructType().add("n", type);
    }
}
