/**
 * What the exceptions of Spark, Hadoop and the libraries that read a format stand for: a sentence for the user, the
 * file if one is known, and the {@link elbow.base.ErrorCategory}, which decides the exit code.
 *
 * <pre>
 * StorageFailure  what a file system fails at, wherever a call of it throws
 * SparkFailure    what happens to Spark and the machines that it runs on
 * NoExecutor      that a cluster has given a run no executor
 * InputFailure    what is wrong with a file that a run reads
 * UserSql         what is wrong with a condition that a user wrote
 * KnownFailures   all of them, for a failure that arrives from anywhere
 * </pre>
 *
 * <p>An exception of others says what it means by its type or its error class. Where it has neither, because only words
 * of it arrive from an executor that is gone or its type is the JDK's, it is recognized by words that Spark or Hadoop
 * always write, or by the library that threw it; never by words of Elbow's own, but for the reason that Elbow gives
 * Spark when it cancels a job, which Spark hands on.
 *
 * <p>A failure that Elbow itself finds is an {@link elbow.base.ElbowException} where it is found, and passes through
 * here as it is. A new sentence for an exception of others goes into the class that names its origin. What may not
 * change: an exception that nothing here knows stays what it is, a defect.
 */
@NullMarked
package elbow.failure;

import org.jspecify.annotations.NullMarked;
