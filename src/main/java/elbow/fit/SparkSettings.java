package elbow.fit;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Secrets;
import elbow.math.BlasChoice;
import elbow.train.averaging.AveragingRounds;
import elbow.train.averaging.MomentMerge;
import elbow.train.plan.TrainingPlan;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * The settings of a Spark session that matter to a fit. Whoever makes a session for Elbow starts from
 * {@link #recommend}; in a session that others made,
 *
 * <ul>
 *   <li>{@code spark.driver.maxResultSize} must have room for a round's results: a fit refuses to begin if it has not;
 *   <li>{@code spark.executor.memory} and {@code spark.executor.memoryOverhead} must have room for the replicas: a fit
 *       refuses to begin if they have not;
 *   <li>{@code spark.executor.extraJavaOptions} should name the BLAS library of the driver, if that is not the default
 *       one: a fit warns if it does not, for a model's last digits then depend on who computed them;
 *   <li>{@code spark.sql.session.timeZone} changes nothing in a fit: dates and times without a zone are taken as in
 *       UTC, here and in scoring. It does decide what Spark reads as a timestamp from texts and which texts it writes;
 *   <li>{@code spark.executorEnv.OMP_NUM_THREADS}, {@code spark.broadcast.compress}, {@code spark.redaction.regex},
 *       {@code spark.sql.redaction.string.regex} (which keep secrets out of Spark's event log),
 *       {@code spark.task.maxDirectResultSize} and {@code spark.sql.codegen.hugeMethodLimit} change how fast a fit is
 *       and nothing else.
 * </ul>
 */
public final class SparkSettings {
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";
    private static final long MEGABYTE = 1 << 20;

    private static final Map<String, String> RECOMMENDED = Map.of(
            // Spark's event log and pages name the command line and the paths of plans.
            "spark.redaction.regex",
            "(?i)secret|password|token|access[.]?key|" + Secrets.USER_INFO + "|" + Secrets.SECRET_VALUE,
            "spark.sql.redaction.string.regex",
            Secrets.USER_INFO + "|" + Secrets.SECRET_VALUE,
            // A time without a zone in a text means the same on every machine: the scores carry it.
            "spark.sql.session.timeZone",
            "UTC",
            // Parallelism comes from replicas: more BLAS threads than one per task only fight for the cores.
            "spark.executorEnv.OMP_NUM_THREADS",
            "1",
            // What is broadcast here are parameters, which do not compress.
            "spark.broadcast.compress",
            "false",
            // A replica's result goes straight to the driver, which merges it at once; above Spark's message limit of
            // 128 MB it goes through the block manager.
            "spark.task.maxDirectResultSize",
            "100m",
            // The results of a round are as many as there are replicas, each as large as the network: known
            // beforehand, and no reason to abort a run halfway.
            MAX_RESULT_SIZE,
            "0",
            // The JVM leaves longer methods to its interpreter: generated code for a table of some forty columns would
            // be one of them, and keeping all columns of it beside its scores take twice as long.
            "spark.sql.codegen.hugeMethodLimit",
            "8000");

    private SparkSettings() {}

    /**
     * Adds what is good for Elbow to the settings of a session that is yet to be made; what is set already stays.
     * Settles which BLAS library this process uses, and has executors use the same.
     *
     * @return {@code settings}
     */
    public static SparkConf recommend(SparkConf settings) {
        RECOMMENDED.forEach(settings::setIfMissing);
        BlasChoice.settle();
        String options = settings.get(EXECUTOR_OPTIONS, "");
        return settings.set(EXECUTOR_OPTIONS, (options + " " + BlasChoice.jvmOption()).strip());
    }

    /**
     * What executors would do otherwise than the driver, in words.
     *
     * @return empty if there is nothing to warn of
     */
    static Optional<String> differingLibrary(SparkContext spark) {
        if (spark.isLocal() || BlasChoice.isMadeBy(spark.getConf().get(EXECUTOR_OPTIONS, ""))) {
            return Optional.empty();
        }
        String options = BlasChoice.jvmOption();
        return Optional.of("executors may compute with another BLAS library than the driver, which "
                + (options.isEmpty()
                        ? "has the usual one: take -D" + BlasChoice.LIBRARY + " out of "
                        : "has " + options + ": give it to them in ")
                + EXECUTOR_OPTIONS);
    }

    /**
     * Requires that the driver takes what the replicas of a round return.
     *
     * @throws ElbowException of category USAGE that names the need, the limit and the setting
     */
    static void requireRoomForResults(SparkConf settings, TrainingPlan plan) {
        long limit = settings.getSizeAsBytes(MAX_RESULT_SIZE, "1g");
        long need = resultBytes(plan);
        if (limit > 0 && need > limit) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "%s must be 0, for no limit, or at least what %d replicas return from a round, %,d MB, but is"
                                    + " %,d MB; raise it, or train fewer replicas",
                            MAX_RESULT_SIZE,
                            plan.replicas(),
                            (need + MEGABYTE - 1) / MEGABYTE,
                            limit / MEGABYTE));
        }
    }

    /** At least so many bytes come to the driver in a round. */
    static long resultBytes(TrainingPlan plan) {
        if (plan.master() != TrainingPlan.Master.AVERAGING) {
            return 0;
        }
        boolean moments = plan.optimizer().hasMoments() && plan.averaging().moments() == MomentMerge.AVERAGE;
        long each = (long) Float.BYTES
                * plan.spec().layout().length()
                * ((moments ? 3 : 1) + (plan.trimmedShare() > 0 ? 1 : 0));
        // Of many replicas the executors send about as many sums as the root of their number, in doubles.
        int replicas = plan.replicas();
        return each * (replicas <= AveragingRounds.FLAT_REPLICAS ? replicas : 2 * (long) Math.sqrt(replicas));
    }
}
