package elbow.ml;

import java.util.OptionalInt;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What training maximises: the section {@code objective} of {@code reference.conf}. A setter checks nothing by itself:
 * values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface ObjectiveParams<T> extends Params {
    /** Weight of the KL term in the training loss once warm-up is over; 1 is the ELBO itself. */
    default DoubleParam beta() {
        return SettingParams.number(this, "beta");
    }

    /** Sets {@link #beta}. */
    default T setBeta(double value) {
        return SettingParams.set(this, beta(), value);
    }

    /** The value of {@link #beta}. */
    default double getBeta() {
        return SettingParams.doubleOf(this, beta());
    }

    /** KL that each latent dimension may use without being charged for it, in nats. */
    default DoubleParam freeBits() {
        return SettingParams.number(this, "freeBits");
    }

    /** Sets {@link #freeBits}. */
    default T setFreeBits(double value) {
        return SettingParams.set(this, freeBits(), value);
    }

    /** The value of {@link #freeBits}. */
    default double getFreeBits() {
        return SettingParams.doubleOf(this, freeBits());
    }

    /**
     * To what free bits are given: row (each row may use so many) or minibatch (the mean over the rows of a minibatch
     * may, as published by Kingma et al. 2016: rows share them).
     */
    default Param<String> freeBitsScope() {
        return SettingParams.text(this, "freeBitsScope");
    }

    /** Sets {@link #freeBitsScope}. */
    default T setFreeBitsScope(String value) {
        return SettingParams.set(this, freeBitsScope(), value);
    }

    /** The value of {@link #freeBitsScope}. */
    default String getFreeBitsScope() {
        return SettingParams.textOf(this, freeBitsScope());
    }

    /**
     * KL of all latents together, in nats as a mean over a minibatch, that training holds: its distance from this costs
     * objective.beta times, in both directions, instead of the KL itself (Burgess et al. 2018; beta is large then, 10
     * or more).
     */
    default DoubleParam capacity() {
        return SettingParams.number(this, "capacity");
    }

    /** Sets {@link #capacity}. */
    default T setCapacity(double value) {
        return SettingParams.set(this, capacity(), value);
    }

    /** The value of {@link #capacity}. */
    default double getCapacity() {
        return SettingParams.doubleOf(this, capacity());
    }

    /** Minibatch steps of a replica in which the capacity rises from 0. */
    default IntParam capacitySteps() {
        return SettingParams.integer(this, "capacitySteps");
    }

    /** Sets {@link #capacitySteps}. */
    default T setCapacitySteps(int value) {
        return SettingParams.set(this, capacitySteps(), value);
    }

    /** The value of {@link #capacitySteps}; empty: auto. */
    default OptionalInt getCapacitySteps() {
        return SettingParams.optionalInt(this, capacitySteps());
    }

    /** Posterior samples per row and step. */
    default IntParam objectiveSamples() {
        return SettingParams.integer(this, "objectiveSamples");
    }

    /** Sets {@link #objectiveSamples}. */
    default T setObjectiveSamples(int value) {
        return SettingParams.set(this, objectiveSamples(), value);
    }

    /** The value of {@link #objectiveSamples}. */
    default int getObjectiveSamples() {
        return SettingParams.intOf(this, objectiveSamples());
    }

    /** Trains on the importance-weighted bound of objective.samples samples instead of on their mean ELBO. */
    default BooleanParam importanceWeighted() {
        return SettingParams.flag(this, "importanceWeighted");
    }

    /** Sets {@link #importanceWeighted}. */
    default T setImportanceWeighted(boolean value) {
        return SettingParams.set(this, importanceWeighted(), value);
    }

    /** The value of {@link #importanceWeighted}. */
    default boolean getImportanceWeighted() {
        return SettingParams.flagOf(this, importanceWeighted());
    }

    /**
     * How often a value that is there is hidden from the encoder, each on its own and anew in every step, in [0, 1);
     * the decoder is still held to it.
     */
    default DoubleParam maskShare() {
        return SettingParams.number(this, "maskShare");
    }

    /** Sets {@link #maskShare}; {@link Double#NaN}: auto. */
    default T setMaskShare(double value) {
        return SettingParams.set(this, maskShare(), value);
    }

    /** The value of {@link #maskShare}; NaN: auto. */
    default double getMaskShare() {
        return SettingParams.doubleOf(this, maskShare());
    }

    /** How the weight of the KL term grows to beta: constant (at once), linear or cyclical. */
    default Param<String> klSchedule() {
        return SettingParams.text(this, "klSchedule");
    }

    /** Sets {@link #klSchedule}. */
    default T setKlSchedule(String value) {
        return SettingParams.set(this, klSchedule(), value);
    }

    /** The value of {@link #klSchedule}. */
    default String getKlSchedule() {
        return SettingParams.textOf(this, klSchedule());
    }

    /** Length of the growth (of one cycle, when cyclical), in minibatch steps of a replica. */
    default IntParam klWarmUpSteps() {
        return SettingParams.integer(this, "klWarmUpSteps");
    }

    /** Sets {@link #klWarmUpSteps}. */
    default T setKlWarmUpSteps(int value) {
        return SettingParams.set(this, klWarmUpSteps(), value);
    }

    /** The value of {@link #klWarmUpSteps}; empty: auto. */
    default OptionalInt getKlWarmUpSteps() {
        return SettingParams.optionalInt(this, klWarmUpSteps());
    }
}
