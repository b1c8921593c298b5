/**
 * Elbow as a stage of Spark ML: {@link elbow.ml.VariationalAutoencoder} is an estimator,
 * {@link elbow.ml.VariationalAutoencoderModel} what it fits, {@link elbow.ml.ElboEvaluator} what tuning compares by.
 * They are thin: a fit is {@link elbow.fit.Fit}, scores are {@link elbow.score.RowScoring}, everything else a model
 * does is {@link elbow.use}, and what is saved is the directory that {@link elbow.model.ModelDirectory} writes, with
 * Spark's {@code metadata} in it.
 *
 * <p>The three classes, the methods of the {@code ...Params} interfaces and the names of params are stable: saved
 * pipelines have the names. A new key of {@code reference.conf} becomes a param by a line in {@code SettingKeys} and
 * three methods in the interface of its section; its default and doc are those of the key. {@code SparkPersistence} is
 * the only class that uses what Spark keeps to itself.
 */
@NullMarked
package elbow.ml;

import org.jspecify.annotations.NullMarked;
