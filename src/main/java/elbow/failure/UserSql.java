package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;

/** Conditions and values in SQL that a user has given, where Spark first looks at them. */
public final class UserSql {
    private UserSql() {}

    /**
     * What {@code work} gives: parsing or analysing a text of the user's, or evaluating it on the driver.
     *
     * @param refusal the message for the user, made of what Spark says is wrong with the text
     * @throws ElbowException of category USAGE if Spark refuses the text, and what {@link KnownFailures#translate}
     *     makes of anything else
     */
    public static <T> T checked(Supplier<T> work, Function<String, Message> refusal) {
        try {
            return work.get();
        } catch (Exception e) {
            // AnalysisException is checked, but not declared. A job that fails is no fault of the text.
            if (e instanceof SparkThrowable && !(e instanceof SparkException)) {
                throw new ElbowException(ErrorCategory.USAGE, refusal.apply(FailureChain.plain(e)), e);
            }
            throw KnownFailures.translate(e);
        }
    }
}
