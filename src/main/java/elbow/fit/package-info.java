/**
 * From the rows of a DataFrame to a trained model: split, encoder, plan, shards, training, calibration, reference data,
 * report. What the command {@code train} and every other face of Elbow call. It prints nothing and ends no process.
 *
 * <p>{@link elbow.fit.Fit} is where to begin; {@link elbow.fit.SparkSettings} says which settings of a Spark session
 * matter. Facts that decide on a run go to its checkpoints, so that a run never goes on as another one.
 */
@NullMarked
package elbow.fit;

import org.jspecify.annotations.NullMarked;
