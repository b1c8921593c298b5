package elbow.job.rows;

import elbow.SharedSpark;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.plans.logical.CollectMetrics;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.collection.JavaConverters;

/** Has Spark lose about half of all rows behind some steps of its plans, without a word, until this is closed. */
final class LostRows extends Rule<LogicalPlan> implements AutoCloseable {
    private final transient Predicate<LogicalPlan> step;

    private LostRows(Predicate<LogicalPlan> step) {
        this.step = step;
        inForce(List.of(this));
    }

    /**
     * Behind the reader of an input, on the way to whoever uses the rows.
     *
     * @param relation the simple name of the class that Spark reads by
     */
    static LostRows behindReader(String relation) {
        return new LostRows(plan -> (plan instanceof LogicalRelation read && isNamed(relation, read.relation()))
                // The first of those that make rows of what was read.
                || (isNamed(relation, plan)
                        && plan instanceof SerializeFromObject made
                        && made.child()
                                .find(SerializeFromObject.class::isInstance)
                                .isEmpty()));
    }

    /** Once they are counted, on the way to the writer. */
    static LostRows beforeWriter() {
        return new LostRows(CollectMetrics.class::isInstance);
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (plan instanceof Filter filter && isLossy(filter.condition())) {
            return plan;
        }
        LogicalPlan all = plan.mapChildren(this::apply);
        return step.test(plan) ? new Filter(aboutHalf(), all) : all;
    }

    @Override
    public String toString() {
        return "a rule that loses rows";
    }

    @Override
    public void close() {
        inForce(List.of());
    }

    // Not by functions: Spark 3.5 and 4 have different ways from a column to its expression.
    private static Expression aboutHalf() {
        return new LessThan(new Rand(Literal$.MODULE$.apply(7L), false), Literal$.MODULE$.apply(0.5));
    }

    private static boolean isLossy(Expression condition) {
        return condition.find(Rand.class::isInstance).isDefined();
    }

    private static boolean isNamed(String name, Object step) {
        return step.getClass().getSimpleName().equals(name);
    }

    private static void inForce(List<Rule<LogicalPlan>> rules) {
        SharedSpark.session()
                .experimental()
                .extraOptimizations_$eq(JavaConverters.asScalaBuffer(rules).toSeq());
    }
}
