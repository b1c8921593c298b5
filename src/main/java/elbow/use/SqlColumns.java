package elbow.use;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.failure.UserSql;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import scala.collection.JavaConverters;

/** The columns that conditions in SQL name. */
public final class SqlColumns {
    private SqlColumns() {}

    /**
     * The names, as the condition has them.
     *
     * @throws ElbowException of category USAGE if it cannot be read
     */
    public static Set<String> of(String condition) {
        return new TreeSet<>(of(parsed(condition)));
    }

    static Expression parsed(String condition) {
        return UserSql.checked(
                () -> CatalystSqlParser$.MODULE$.parseExpression(condition),
                fault -> Message.of(
                        "a condition must be one in SQL such as \"age = 30\", but " + condition + " is not: " + fault));
    }

    static List<String> of(Expression expression) {
        if (expression instanceof UnresolvedAttribute column) {
            return List.of(name(column));
        }
        return JavaConverters.seqAsJavaList(expression.children()).stream()
                .flatMap(child -> of(child).stream())
                .toList();
    }

    static String name(UnresolvedAttribute column) {
        return String.join(".", JavaConverters.seqAsJavaList(column.nameParts()));
    }
}
