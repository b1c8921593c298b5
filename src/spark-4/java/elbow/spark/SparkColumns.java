package elbow.spark;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils$;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Columns made of what Spark has inside them. */
public final class SparkColumns {
    private SparkColumns() {}

    /** The column that an expression computes. */
    public static Column of(Expression expression) {
        return ExpressionUtils$.MODULE$.column(expression);
    }

    /**
     * What a public static method makes of a column's values, called by the code that Spark generates: a null stays
     * one, and no value is boxed.
     *
     * @param type that has the method
     * @param result of the method
     */
    public static Column call(Class<?> type, String method, DataType result, Column argument) {
        Expression value = ExpressionUtils$.MODULE$.expression(argument);
        return of(new StaticInvoke(
                type,
                result,
                method,
                CollectionConverters.asScala(List.of(value)).toSeq(),
                CollectionConverters.asScala(List.<AbstractDataType>of()).toSeq(),
                true,
                false,
                true,
                Option.empty()));
    }
}
