package elbow.ml;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The seed, and how replicas train and are averaged: {@code seed} and the section {@code training} of
 * {@code reference.conf}. A setter checks nothing by itself: values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface TrainingParams<T> extends Params {
    /** Source of every random choice: the split, the initial parameters, the order of rows, the noise. */
    default LongParam seed() {
        return SettingParams.longNumber(this, "seed");
    }

    /** Sets {@link #seed}. */
    default T setSeed(long value) {
        return SettingParams.set(this, seed(), value);
    }

    /** The value of {@link #seed}. */
    default long getSeed() {
        return SettingParams.longOf(this, seed());
    }

    /**
     * Who averages the replicas: averaging is Elbow's own, stock is DL4J's ParameterAveragingTrainingMaster, for
     * comparison.
     */
    default Param<String> master() {
        return SettingParams.text(this, "master");
    }

    /** Sets {@link #master}. */
    default T setMaster(String value) {
        return SettingParams.set(this, master(), value);
    }

    /** The value of {@link #master}. */
    default String getMaster() {
        return SettingParams.textOf(this, master());
    }

    /** Copies of the network that train side by side, each on its own part of the rows. */
    default IntParam replicas() {
        return SettingParams.integer(this, "replicas");
    }

    /** Sets {@link #replicas}. */
    default T setReplicas(int value) {
        return SettingParams.set(this, replicas(), value);
    }

    /** The value of {@link #replicas}; empty: auto. */
    default OptionalInt getReplicas() {
        return SettingParams.optionalInt(this, replicas());
    }

    /** Passes over the training rows, at the most. */
    default IntParam epochs() {
        return SettingParams.integer(this, "epochs");
    }

    /** Sets {@link #epochs}. */
    default T setEpochs(int value) {
        return SettingParams.set(this, epochs(), value);
    }

    /** The value of {@link #epochs}; empty: auto. */
    default OptionalInt getEpochs() {
        return SettingParams.optionalInt(this, epochs());
    }

    /** Rows per minibatch step of one replica. */
    default IntParam batchSize() {
        return SettingParams.integer(this, "batchSize");
    }

    /** Sets {@link #batchSize}. */
    default T setBatchSize(int value) {
        return SettingParams.set(this, batchSize(), value);
    }

    /** The value of {@link #batchSize}. */
    default int getBatchSize() {
        return SettingParams.intOf(this, batchSize());
    }

    /** Minibatch steps that a replica makes between two averagings. */
    default IntParam averagingFrequency() {
        return SettingParams.integer(this, "averagingFrequency");
    }

    /** Sets {@link #averagingFrequency}. */
    default T setAveragingFrequency(int value) {
        return SettingParams.set(this, averagingFrequency(), value);
    }

    /** The value of {@link #averagingFrequency}; empty: auto. */
    default OptionalInt getAveragingFrequency() {
        return SettingParams.optionalInt(this, averagingFrequency());
    }

    /** average (the next round begins with the mean), nesterov (as DiLoCo does) or slowmo. */
    default Param<String> outerOptimizer() {
        return SettingParams.text(this, "outerOptimizer");
    }

    /** Sets {@link #outerOptimizer}. */
    default T setOuterOptimizer(String value) {
        return SettingParams.set(this, outerOptimizer(), value);
    }

    /** The value of {@link #outerOptimizer}. */
    default String getOuterOptimizer() {
        return SettingParams.textOf(this, outerOptimizer());
    }

    /** Step size towards the mean, for nesterov and slowmo. */
    default DoubleParam outerLearningRate() {
        return SettingParams.number(this, "outerLearningRate");
    }

    /** Sets {@link #outerLearningRate}. */
    default T setOuterLearningRate(double value) {
        return SettingParams.set(this, outerLearningRate(), value);
    }

    /** The value of {@link #outerLearningRate}; empty: auto. */
    default OptionalDouble getOuterLearningRate() {
        return SettingParams.optionalDouble(this, outerLearningRate());
    }

    /** Momentum of nesterov and slowmo, in [0, 1). */
    default DoubleParam outerMomentum() {
        return SettingParams.number(this, "outerMomentum");
    }

    /** Sets {@link #outerMomentum}. */
    default T setOuterMomentum(double value) {
        return SettingParams.set(this, outerMomentum(), value);
    }

    /** The value of {@link #outerMomentum}; empty: auto. */
    default OptionalDouble getOuterMomentum() {
        return SettingParams.optionalDouble(this, outerMomentum());
    }

    /** The moments of the replicas' optimizer between rounds: average, or reset to zero with the step count. */
    default Param<String> outerMoments() {
        return SettingParams.text(this, "outerMoments");
    }

    /** Sets {@link #outerMoments}. */
    default T setOuterMoments(String value) {
        return SettingParams.set(this, outerMoments(), value);
    }

    /** The value of {@link #outerMoments}. */
    default String getOuterMoments() {
        return SettingParams.textOf(this, outerMoments());
    }

    /** Step size of the optimizer. */
    default DoubleParam learningRate() {
        return SettingParams.number(this, "learningRate");
    }

    /** Sets {@link #learningRate}. */
    default T setLearningRate(double value) {
        return SettingParams.set(this, learningRate(), value);
    }

    /** The value of {@link #learningRate}; empty: auto. */
    default OptionalDouble getLearningRate() {
        return SettingParams.optionalDouble(this, learningRate());
    }

    /**
     * constant, cosine (falls to final-fraction at the end of the run) or step (times step-factor, every step-every
     * steps).
     */
    default Param<String> learningRateShape() {
        return SettingParams.text(this, "learningRateShape");
    }

    /** Sets {@link #learningRateShape}. */
    default T setLearningRateShape(String value) {
        return SettingParams.set(this, learningRateShape(), value);
    }

    /** The value of {@link #learningRateShape}. */
    default String getLearningRateShape() {
        return SettingParams.textOf(this, learningRateShape());
    }

    /** Steps of a linear rise to the learning rate, before the shape begins. */
    default IntParam learningRateWarmUpSteps() {
        return SettingParams.integer(this, "learningRateWarmUpSteps");
    }

    /** Sets {@link #learningRateWarmUpSteps}. */
    default T setLearningRateWarmUpSteps(int value) {
        return SettingParams.set(this, learningRateWarmUpSteps(), value);
    }

    /** The value of {@link #learningRateWarmUpSteps}. */
    default int getLearningRateWarmUpSteps() {
        return SettingParams.intOf(this, learningRateWarmUpSteps());
    }

    /** Share of the learning rate that a cosine ends with, in [0, 1). */
    default DoubleParam learningRateFinalFraction() {
        return SettingParams.number(this, "learningRateFinalFraction");
    }

    /** Sets {@link #learningRateFinalFraction}. */
    default T setLearningRateFinalFraction(double value) {
        return SettingParams.set(this, learningRateFinalFraction(), value);
    }

    /** The value of {@link #learningRateFinalFraction}. */
    default double getLearningRateFinalFraction() {
        return SettingParams.doubleOf(this, learningRateFinalFraction());
    }

    /** Steps from one fall to the next. */
    default IntParam learningRateStepEvery() {
        return SettingParams.integer(this, "learningRateStepEvery");
    }

    /** Sets {@link #learningRateStepEvery}. */
    default T setLearningRateStepEvery(int value) {
        return SettingParams.set(this, learningRateStepEvery(), value);
    }

    /** The value of {@link #learningRateStepEvery}; empty: auto. */
    default OptionalInt getLearningRateStepEvery() {
        return SettingParams.optionalInt(this, learningRateStepEvery());
    }

    /** What each fall multiplies the step size by, above 0 and at most 1. */
    default DoubleParam learningRateStepFactor() {
        return SettingParams.number(this, "learningRateStepFactor");
    }

    /** Sets {@link #learningRateStepFactor}. */
    default T setLearningRateStepFactor(double value) {
        return SettingParams.set(this, learningRateStepFactor(), value);
    }

    /** The value of {@link #learningRateStepFactor}. */
    default double getLearningRateStepFactor() {
        return SettingParams.doubleOf(this, learningRateStepFactor());
    }

    /** Whether the rows of each minibatch that cost most are left out of its step, as anomalies not to be learned. */
    default Param<String> robust() {
        return SettingParams.text(this, "robust");
    }

    /** Sets {@link #robust}: on, off or auto. */
    default T setRobust(String value) {
        return SettingParams.set(this, robust(), value);
    }

    /** The value of {@link #robust}. */
    default String getRobust() {
        return SettingParams.textOf(this, robust());
    }

    /** Share of a minibatch's rows that robust training leaves out, above 0 and below 0.5. */
    default DoubleParam robustShare() {
        return SettingParams.number(this, "robustShare");
    }

    /** Sets {@link #robustShare}. */
    default T setRobustShare(double value) {
        return SettingParams.set(this, robustShare(), value);
    }

    /** The value of {@link #robustShare}. */
    default double getRobustShare() {
        return SettingParams.doubleOf(this, robustShare());
    }

    /**
     * Optimizer of a replica: adam, sgd or muon (momentum made orthogonal, for the weights of hidden layers, and Adam
     * for all other parameters: biases, the first and the last layer, flows and priors).
     */
    default Param<String> optimizer() {
        return SettingParams.text(this, "optimizer");
    }

    /** Sets {@link #optimizer}. */
    default T setOptimizer(String value) {
        return SettingParams.set(this, optimizer(), value);
    }

    /** The value of {@link #optimizer}. */
    default String getOptimizer() {
        return SettingParams.textOf(this, optimizer());
    }

    /** What the factors of matrix products are rounded to before they are multiplied. */
    default Param<String> precision() {
        return SettingParams.text(this, "precision");
    }

    /** Sets {@link #precision}. */
    default T setPrecision(String value) {
        return SettingParams.set(this, precision(), value);
    }

    /** The value of {@link #precision}. */
    default String getPrecision() {
        return SettingParams.textOf(this, precision());
    }

    /** Epochs from one measurement on held-out rows to the next. */
    default IntParam measureEvery() {
        return SettingParams.integer(this, "measureEvery");
    }

    /** Sets {@link #measureEvery}. */
    default T setMeasureEvery(int value) {
        return SettingParams.set(this, measureEvery(), value);
    }

    /** The value of {@link #measureEvery}; empty: auto. */
    default OptionalInt getMeasureEvery() {
        return SettingParams.optionalInt(this, measureEvery());
    }

    /**
     * Measurements without a better ELBO after which training stops, not counting those before the KL term has its full
     * weight.
     */
    default IntParam earlyStopping() {
        return SettingParams.integer(this, "earlyStopping");
    }

    /** Sets {@link #earlyStopping}. */
    default T setEarlyStopping(int value) {
        return SettingParams.set(this, earlyStopping(), value);
    }

    /** The value of {@link #earlyStopping}. */
    default int getEarlyStopping() {
        return SettingParams.intOf(this, earlyStopping());
    }

    /** Directory for TensorBoard event files, on any Hadoop file system. */
    default Param<String> tensorboard() {
        return SettingParams.text(this, "tensorboard");
    }

    /** Sets {@link #tensorboard}. */
    default T setTensorboard(String value) {
        return SettingParams.set(this, tensorboard(), value);
    }

    /** The value of {@link #tensorboard}. */
    default String getTensorboard() {
        return SettingParams.textOf(this, tensorboard());
    }
}
