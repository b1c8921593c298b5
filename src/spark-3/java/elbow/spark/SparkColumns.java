package elbow.spark;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.collection.JavaConverters;

/** Columns made of what Spark has inside them. */
public final class SparkColumns {
    private SparkColumns() {}

    /** The column that an expression computes. */
    public static Column of(Expression expression) {
        return new Column(expression);
    }

    /**
     * What a public static method makes of a column's values, called by the code that Spark generates: a null stays
     * one, and no value is boxed.
     *
     * @param type that has the method
     * @param result of the method
     */
    public static Column call(Class<?> type, String method, DataType result, Column argument) {
        return new Column(new StaticInvoke(
                type,
                result,
                method,
                JavaConverters.asScalaBuffer(List.of(argument.expr())).toSeq(),
                JavaConverters.asScalaBuffer(List.<AbstractDataType>of()).toSeq(),
                true,
                false,
                true));
    }
}
