/**
 * What the exceptions of Spark, Hadoop and the libraries that read a format stand for: a sentence for the user, the
 * file if one is known, and the {@link elbow.base.ErrorCategory}, which decides the exit code.
 *
 * <pre>
 * StorageFailure  what a file system fails at, wherever a call of it throws
 * SparkFailure    what happens to Spark and the machines that it runs on
 * InputFailure    what is wrong with a file that a run reads
 * KnownFailures   all of them, for a failure that arrives from anywhere
 * </pre>
 *
 * <p>A failure that Elbow itself finds is an {@link elbow.base.ElbowException} where it is found, and passes through
 * here as it is. A new sentence for an exception of others goes into the class that names its origin. What may not
 * change: an exception that nothing here knows stays what it is, a defect.
 */
@NullMarked
package elbow.failure;

import org.jspecify.annotations.NullMarked;
