/**
 * Numerical building blocks without Spark and DL4J: matrix products on off-heap memory, activation functions in loops
 * that the JIT compiler vectorizes, log-densities, log-sum-exp; random numbers are in {@link elbow.math.noise},
 * optimizers in {@link elbow.math.optimizer}.
 *
 * <p>Conventions. Matrices are row-major. Off-heap memory ({@link elbow.math.FloatMemory}) is what matrix products read
 * and write; element-wise work copies a tile of at most a few thousand floats to heap arrays, computes there and copies
 * back. Inside such loops every array is indexed by the same counter without an offset and no array is both input and
 * output of one long expression: only in that form does the JIT compiler of JDK 17 emit vector instructions. Parameters
 * and activations are float; log-densities and every sum over columns or rows that is reported are double.
 *
 * <p>{@code Products} is what multiplies matrices, chosen once per process by {@code Blas}; a new library is one more
 * implementation. Results are part of every model and score: a faster loop must give the same bits, or come with a
 * reason why models and scores may change.
 */
@NullMarked
package elbow.math;

import org.jspecify.annotations.NullMarked;
