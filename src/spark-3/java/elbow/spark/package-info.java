/**
 * What Spark keeps to itself and Elbow needs all the same, where it differs between Spark 3.5 and Spark 4: expressions
 * inside columns, the logs of streams, names of types. {@code src/spark-3/java} and {@code src/spark-4/java} have the
 * same classes with the same methods, and a build takes one of the two. All other code compiles against both.
 */
@NullMarked
package elbow.spark;

import org.jspecify.annotations.NullMarked;
