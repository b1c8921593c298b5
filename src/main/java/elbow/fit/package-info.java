/**
 * From the rows of a DataFrame to a trained model: split, encoder, plan, shards, training, calibration, reference data,
 * report. What the command {@code train} and every other face of Elbow call. It prints nothing and ends no process.
 * {@link elbow.fit.Fit} is where to begin; which settings of a Spark session matter says
 * {@link elbow.fit.SparkSettings}.
 */
@NullMarked
package elbow.fit;

import org.jspecify.annotations.NullMarked;
