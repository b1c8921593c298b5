package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.math.Multiplier;
import elbow.math.Precision;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import java.util.Optional;

/**
 * Everything a training run needs to know, resolved against its data and its cluster before it starts. The only "auto"
 * that may be left is the length of a round, which the first rounds measure.
 *
 * @param spec what the VAE is
 * @param master which training master drives the replicas
 * @param replicas how many replicas are trained and averaged
 * @param epochs passes over the training rows, at the most
 * @param batchSize rows of one minibatch of one replica
 * @param trimmedShare share of a minibatch's rows that is left out, those that cost most; 0: none
 * @param averaging how and how often the replicas are averaged
 * @param learningRate step size of the optimizer
 * @param optimizer what turns gradients into steps
 * @param precision of the matrix products in training
 * @param measuring when the network is measured, and what follows from it
 * @param scoringSamples posterior samples per row in scoring; 0 is the posterior mean
 * @param seed of the shards, the initial parameters and all noise
 */
public record TrainingPlan(
        VaeSpec spec,
        Master master,
        int replicas,
        int epochs,
        int batchSize,
        double trimmedShare,
        AveragingPlan averaging,
        LearningRate learningRate,
        InnerOptimizer optimizer,
        Precision precision,
        ValidationPlan measuring,
        int scoringSamples,
        long seed) {
    /** Who averages the replicas. */
    public enum Master {
        /** Elbow's own averaging rounds. */
        AVERAGING,
        /** DL4J's {@code ParameterAveragingTrainingMaster}. */
        STOCK
    }

    /**
     * Fewest rounds of a run under "auto", for each of its replicas: the more replicas, the fewer steps each makes in a
     * run, and the more often they have to be averaged. With 16 replicas on MNIST, 15 rounds in 50 epochs lost 3.4
     * nats.
     */
    private static final int ROUNDS_PER_REPLICA = 5;

    /** Steps of a round that "auto" always allows. */
    private static final int SHORTEST_LIMIT = 10;

    /** Examples that "auto" epochs add up to, about. */
    private static final long IMAGE_EXAMPLES = 1_000_000;

    private static final long TABLE_EXAMPLES = 256_000;

    /** Of rows of which each pass hides other values: they are other rows each time. */
    private static final long HIDING_TABLE_EXAMPLES = 4 * TABLE_EXAMPLES;

    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_IMAGE_EPOCHS = 200;
    private static final int MOST_TABLE_EPOCHS = 2_000;

    /** Fewest rows of a table for each replica under "auto": fewer are not worth the overhead of averaging. */
    private static final long REPLICA_ROWS = 10_000;

    private static final int IMAGE_SCORING_SAMPLES = 16;
    private static final String SCORING_SAMPLES = "scoring.samples";

    public TrainingPlan {
        Check.positive("replicas", replicas);
        Check.positive("epochs", epochs);
        Check.positive("batchSize", batchSize);
        if (master == Master.STOCK) {
            StockMasterLimits.check(replicas, batchSize, averaging, learningRate, optimizer);
        }
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
        boolean images = encoder.image().isPresent();
        int replicas = configuration
                .positiveIntOrAuto("training.replicas")
                .orElse(images ? cores : (int) Math.max(1, Math.min(cores, trainingRows / REPLICA_ROWS)));
        int batchSize = configuration.positiveInt("training.batch-size");
        boolean hides = MaskShare.of(configuration, encoder) > 0;
        int epochs = configuration
                .positiveIntOrAuto("training.epochs")
                .orElse(
                        images
                                ? epochsFor(IMAGE_EXAMPLES, trainingRows, MOST_IMAGE_EPOCHS)
                                : epochsFor(
                                        hides ? HIDING_TABLE_EXAMPLES : TABLE_EXAMPLES,
                                        trainingRows,
                                        MOST_TABLE_EPOCHS));
        long steps = epochs * stepsPerEpoch(trainingRows, replicas, batchSize);
        Master master = configuration.choice("training.master", Master.class);
        int averaged = master == Master.STOCK ? 1 : replicas;
        VaeSpec spec = VaeSpecResolver.resolve(configuration, encoder, steps);
        if (master == Master.AVERAGING) {
            requireRoom(spec, batchSize);
        }
        return new TrainingPlan(
                spec,
                master,
                replicas,
                epochs,
                batchSize,
                RobustResolver.trimmedShare(configuration, spec, master, batchSize),
                AveragingPlan.resolve(configuration, averaged),
                LearningRateResolver.resolve(
                        configuration,
                        steps,
                        averaged,
                        images && master == Master.AVERAGING,
                        ConvolutionResolver.resolve(configuration, encoder).isEmpty()),
                configuration.choice("training.optimizer", InnerOptimizer.class),
                PrecisionResolver.resolve(configuration, master),
                ValidationPlan.resolve(configuration, epochs),
                scoringSamples(configuration, images),
                configuration.longValue("seed"));
    }

    // The stock master takes no more rows at once than there are.
    private static void requireRoom(VaeSpec spec, int batchSize) {
        long most = VaeEngine.mostRows(spec);
        Check.usage(
                batchSize <= most,
                "training.batch-size",
                "be at most " + Math.max(0, most) + " for a network of this width with objective.samples = "
                        + spec.objective().samples()
                        + (spec.pseudoInputs() == 0 ? "" : " and " + spec.pseudoInputs() + " pseudo-inputs"),
                batchSize);
    }

    private static int scoringSamples(Configuration configuration, boolean images) {
        int samples = configuration.notNegativeIntOrAuto(SCORING_SAMPLES).orElse(images ? IMAGE_SCORING_SAMPLES : 0);
        Check.usage(
                samples <= VaeScorer.MOST_SAMPLES, SCORING_SAMPLES, "be at most " + VaeScorer.MOST_SAMPLES, samples);
        return samples;
    }

    /** The share of values that are hidden in training, in [0, 1). */
    public double maskShare() {
        return spec.objective().maskShare();
    }

    /** In words, in what precision matrices are multiplied; empty in float32. */
    public Optional<String> reducedPrecision() {
        return precision == Precision.FLOAT32 ? Optional.empty() : Optional.of(precision.description());
    }

    /** Whether the network has dense layers whose products are large enough for a precision other than float32. */
    public boolean hasReducedProducts() {
        return (long) batchSize * spec.objective().samples() >= Multiplier.LEAST_REDUCED
                && spec.layout().blocks().stream()
                        .anyMatch(block -> Math.min(block.rows(), block.columns()) >= Multiplier.LEAST_REDUCED);
    }

    /** Minibatches that one of {@code replicas} makes in one pass over its share of the rows, at least 1. */
    public static long stepsPerEpoch(long rows, int replicas, int batchSize) {
        long perStep = (long) replicas * batchSize;
        return Math.max(1, (rows + perStep - 1) / perStep);
    }

    /**
     * Steps that a round may have at most where "auto" chooses: so many that the replicas are averaged often enough,
     * but never fewer than make an average worth its cost.
     *
     * @param steps of the run, of one replica
     */
    public long longestRound(long steps) {
        long share = steps / ((long) ROUNDS_PER_REPLICA * replicas);
        return Math.max(SHORTEST_LIMIT, Math.min(averaging.outer().longestRound(), share));
    }

    private static int epochsFor(long examples, long rows, int most) {
        return (int) Math.min(most, Math.max(FEWEST_EPOCHS, examples / rows));
    }
}
