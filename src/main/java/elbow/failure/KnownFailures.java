package elbow.failure;

import elbow.base.ElbowException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Recognizes what a failure stands for, wherever it came from. */
public final class KnownFailures {

    private KnownFailures() {}

    /**
     * The {@link ElbowException} that a failure while input is read stands for: the one among its causes, or a new one
     * with what is known of it, of category INPUT for a damaged, changed or unreadable file; any other failure comes
     * back as it is. Spark reads lazily, so that whoever runs the first job over an input meets its faults.
     */
    public static RuntimeException translate(Exception failure) {
        return known(ofJob(new FailureChain(failure)), failure);
    }

    /**
     * As {@link #translate}, of a reader that has asked Spark for the input and nothing else: what says of no file that
     * it was at fault, such as the end of one, is the input's fault, too.
     */
    public static RuntimeException ofReader(Exception failure) {
        FailureChain chain = new FailureChain(failure);
        return known(ofMachines(chain).or(() -> InputFailure.ofReader(chain)), failure);
    }

    private static RuntimeException known(Optional<ElbowException> known, Exception failure) {
        if (known.isPresent()) {
            return known.get();
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /**
     * What is known of a failure wherever it came from: the {@link ElbowException} among its causes, or one that says
     * what happened to Spark, its machines or their disks; of a job of Spark also what {@link #translate} knows.
     */
    public static Optional<ElbowException> find(Throwable failure) {
        FailureChain chain = new FailureChain(failure);
        return chain.first(SparkThrowable.class::isInstance).isPresent() ? ofJob(chain) : ofMachines(chain);
    }

    /** The first line of what Spark says, without its codes and suggestions. */
    public static String plain(Throwable failure) {
        return FailureChain.plain(failure);
    }

    private static Optional<ElbowException> ofMachines(FailureChain failure) {
        return failure.ofElbow()
                .or(() -> NoExecutor.find(failure))
                .or(() -> SparkFailure.cancelled(failure))
                // A full disk or a closed directory is why executors and stages are lost, not the other way around.
                .or(() -> StorageFailure.find(failure))
                .or(() -> SparkFailure.find(failure));
    }

    private static Optional<ElbowException> ofJob(FailureChain failure) {
        return ofMachines(failure).or(() -> InputFailure.find(failure));
    }
}
