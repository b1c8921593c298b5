package elbow.train;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.data.FeatureEncoder;
import elbow.vae.VaeSpec;
import java.util.Locale;

/**
 * Everything a training run needs to know, resolved against its data and its cluster before it starts: no "auto" is
 * left.
 *
 * @param spec what the VAE is
 * @param master which training master drives the replicas
 * @param replicas how many replicas are trained and averaged
 * @param epochs passes over the training rows
 * @param batchSize rows of one minibatch of one replica
 * @param averagingFrequency minibatches of each replica between two averagings
 * @param learningRate step size of the optimizer
 * @param optimizer what turns gradients into steps
 * @param scoringSamples posterior samples per row in scoring; 0 is the posterior mean
 * @param seed of the shards, the initial parameters and all noise
 */
public record TrainingPlan(
        VaeSpec spec,
        Master master,
        int replicas,
        int epochs,
        int batchSize,
        int averagingFrequency,
        double learningRate,
        Optimizer optimizer,
        int scoringSamples,
        long seed) {
    /** Who averages the replicas. */
    public enum Master {
        /** DL4J's {@code ParameterAveragingTrainingMaster}. */
        STOCK
    }

    /** Rows that "auto" epochs show the replicas in all, about. */
    private static final long EXAMPLES = 1_000_000;

    public TrainingPlan {
        Check.positive("replicas", replicas);
        Check.positive("epochs", epochs);
        Check.positive("batchSize", batchSize);
        Check.positive("averagingFrequency", averagingFrequency);
        Check.positive("learningRate", learningRate);
        // DL4J multiplies them as ints.
        double rowsPerRound = (double) replicas * batchSize * averagingFrequency;
        Check.argument(
                rowsPerRound <= Integer.MAX_VALUE,
                "training.replicas x training.batch-size x training.averaging-frequency",
                "be at most " + Integer.MAX_VALUE,
                String.format(Locale.ROOT, "%.0f", rowsPerRound));
    }

    /**
     * Resolves a configuration.
     *
     * @param encoder fitted on the training rows
     * @param trainingRows how many there are, at least 1
     * @param cores tasks that the cluster runs at once, at least 1
     */
    public static TrainingPlan resolve(
            Configuration configuration, FeatureEncoder encoder, long trainingRows, int cores) {
        int replicas = configuration.positiveIntOrAuto("training.replicas").orElse(cores);
        int batchSize = configuration.positiveInt("training.batch-size");
        int epochs = configuration.positiveIntOrAuto("training.epochs").orElse(epochsFor(trainingRows));
        long steps = epochs * stepsPerEpoch(trainingRows, replicas, batchSize);
        return new TrainingPlan(
                SpecChoice.resolve(configuration, encoder, steps),
                configuration.choice("training.master", Master.class),
                replicas,
                epochs,
                batchSize,
                configuration.positiveInt("training.averaging-frequency"),
                configuration.positiveDouble("training.learning-rate"),
                configuration.choice("training.optimizer", Optimizer.class),
                configuration.notNegativeInt("scoring.samples"),
                configuration.longValue("seed"));
    }

    /** Minibatches that one of {@code replicas} makes in one pass over its share of the rows, at least 1. */
    static long stepsPerEpoch(long rows, int replicas, int batchSize) {
        long perStep = (long) replicas * batchSize;
        return Math.max(1, (rows + perStep - 1) / perStep);
    }

    private static int epochsFor(long rows) {
        return (int) Math.min(200, Math.max(10, EXAMPLES / rows));
    }
}
