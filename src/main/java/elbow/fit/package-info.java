/**
 * From the rows of a DataFrame to a trained model: split, encoder, plan, shards, training, calibration, reference data,
 * report. What the command {@code train} and every other face of Elbow call. It prints nothing and ends no process.
 *
 * <p>{@link elbow.fit.Fit} is where to begin; {@link elbow.fit.SparkSettings} says which settings of a Spark session
 * matter. {@link elbow.fit.FitSettings} is what is checked before any row is read, {@link elbow.fit.PlannedFit} what is
 * known before training, {@link elbow.fit.FitResult} what it leaves. Facts that decide on a run go to its checkpoints,
 * so that a run never goes on as another one.
 *
 * <p>A step of the way from rows to a model belongs here, how it is shown does not: whoever calls hears of it as a
 * {@link elbow.fit.FitListener}. Messages name a {@link elbow.base.Parameter} or a key, never a flag.
 */
@NullMarked
package elbow.fit;

import org.jspecify.annotations.NullMarked;
