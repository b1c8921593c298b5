package elbow.train.plan;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.math.Precision;
import elbow.vae.VaeEngine;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * What replicas need beside the heap, and whether executors have it: found out before the run and not in its middle.
 */
public final class ExecutorMemory {
    private static final long MEGABYTE = 1 << 20;
    private static final long LEAST_OVERHEAD = 384;
    private static final double OVERHEAD_FACTOR = 0.1;
    private static final String OFF_HEAP_LIMIT = "org.bytedeco.javacpp.maxbytes";

    private final long offHeapBytes;
    private final long heapBytes;
    private final int atOnce;
    private final SparkConf settings;
    private final boolean local;
    private final boolean limited;

    ExecutorMemory(long offHeapBytes, long heapBytes, int atOnce, SparkConf settings, String master) {
        this.offHeapBytes = offHeapBytes;
        this.heapBytes = heapBytes;
        this.atOnce = atOnce;
        this.settings = settings;
        local = master.startsWith("local");
        // Only these kill an executor that exceeds the memory it requested.
        limited = master.startsWith("yarn") || master.startsWith("k8s");
    }

    /** The need of a plan on a cluster. */
    public static ExecutorMemory of(TrainingPlan plan, SparkContext spark) {
        return of(plan, 1, spark);
    }

    /**
     * The need of several trainings by such a plan at the same time.
     *
     * @param trainings how many, at least 1
     */
    public static ExecutorMemory of(TrainingPlan plan, int trainings, SparkContext spark) {
        Check.positive("trainings", trainings);
        SparkConf settings = spark.getConf();
        String master = spark.master();
        boolean oneCore = master.startsWith("yarn") || master.startsWith("k8s");
        int cores = settings.getInt("spark.executor.cores", oneCore ? 1 : spark.defaultParallelism());
        int tasks = Math.max(1, cores / Math.max(1, settings.getInt("spark.task.cpus", 1)));
        int atOnce = (int) Math.min((long) plan.replicas() * trainings, tasks);
        return new ExecutorMemory(offHeapBytes(plan), heapBytes(plan), atOnce, settings, master);
    }

    /**
     * Off-heap bytes of one replica: parameters, gradients, the activations of a minibatch and what the optimizer
     * needs; where rows are left out parameters and activations of the teacher, too.
     */
    static long offHeapBytes(TrainingPlan plan) {
        long engine = VaeEngine.offHeapBytes(plan.spec(), plan.batchSize());
        long teacher = plan.trimmedShare() > 0 ? vectorBytes(plan) + engine : 0;
        // Rounded factors take half of what the float32 ones do, and weights as much again as the kernels pack them.
        long rounded = plan.precision() == Precision.FLOAT32 ? 0 : vectorBytes(plan) + engine / 2;
        long optimizer = plan.optimizer().offHeapBytes(plan.spec());
        return 2 * vectorBytes(plan) + engine + teacher + rounded + optimizer;
    }

    /** Heap bytes of one replica: the optimizer's moments. */
    static long heapBytes(TrainingPlan plan) {
        return plan.optimizer().hasMoments() ? 2 * vectorBytes(plan) : 0;
    }

    private static long vectorBytes(TrainingPlan plan) {
        return (long) Float.BYTES * plan.spec().layout().length();
    }

    /** The need in words. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d MB beside the heap and %,d MB on it for each replica, up to %d at once in a process",
                megabytes(offHeapBytes),
                megabytes(heapBytes),
                atOnce);
    }

    /**
     * Requires that an executor has the memory.
     *
     * @throws ElbowException of category USAGE that names the need, what there is, and the setting to change
     */
    public void check() {
        fault().ifPresent(fault -> {
            throw fault;
        });
    }

    /** Whether an executor has the memory. */
    public boolean suffices() {
        return fault().isEmpty();
    }

    private Optional<ElbowException> fault() {
        long need = megabytes(offHeapBytes * atOnce);
        // JavaCPP refuses more off-heap memory than the heap's own limit, unless it is set otherwise.
        long heap = local
                ? megabytes(Runtime.getRuntime().maxMemory())
                : settings.getSizeAsMb("spark.executor.memory", "1g");
        boolean raised = (local && System.getProperty(OFF_HEAP_LIMIT) != null)
                || (settings.get("spark.executor.extraJavaOptions", "")
                                + settings.get("spark.driver.extraJavaOptions", ""))
                        .contains(OFF_HEAP_LIMIT);
        if (need > heap && !raised) {
            Parameter setting = local ? Parameter.DRIVER_MEMORY : Parameter.EXECUTOR_MEMORY;
            return Optional.of(tooLittle(need, heap, "heap", setting));
        }
        long overhead = settings.contains("spark.executor.memoryOverhead")
                ? settings.getSizeAsMb("spark.executor.memoryOverhead")
                : Math.max(LEAST_OVERHEAD, (long)
                        (settings.getDouble("spark.executor.memoryOverheadFactor", OVERHEAD_FACTOR) * heap));
        if (limited && need > overhead) {
            return Optional.of(tooLittle(need, overhead, "memory overhead", Parameter.MEMORY_OVERHEAD));
        }
        return Optional.empty();
    }

    private ElbowException tooLittle(long need, long found, String what, Parameter setting) {
        return new ElbowException(
                ErrorCategory.USAGE,
                Message.of(
                        String.format(
                                Locale.ROOT,
                                "a process's %s must be at least the off-heap memory of the %d replicas that it trains"
                                        + " at once, %,d MB, but is %,d MB; raise it (",
                                what,
                                atOnce,
                                need,
                                found),
                        setting,
                        "), or run fewer at once"));
    }

    private static long megabytes(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE;
    }
}
