package elbow.train;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.model.HistoryEntry;
import elbow.score.EncodedErrors;
import elbow.score.EncodedMeans;
import elbow.score.ScoringModel;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TrainingListener;
import elbow.vae.OptimalVariances;
import elbow.vae.StartParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Trains a plan's network on Spark, measures it every few epochs, and keeps its best state. */
public final class Trainer {
    /** Posterior samples per row of the measurements during training: enough for a mean over many rows. */
    private static final int MEASURING_SAMPLES = 1;

    /**
     * A network whose ELBO is this many nats per column below that which it began with, which predicts the columns'
     * means if it was untrained, has diverged: it is the cost of a value 14 standard deviations from the mean of a
     * normal distribution.
     */
    private static final double DIVERGENCE_MARGIN = 100;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingData data;
    private final TrainingListener listener;
    private final Checkpoints checkpoints;
    private final MultiLayerNetwork network;
    private final boolean started;
    private final List<HistoryEntry> history = new ArrayList<>();
    private int kept;
    private double trainingSeconds;
    private long clock;

    private Trainer(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingData data,
            TrainingListener listener,
            Checkpoints checkpoints,
            Optional<StartParameters> start) {
        this.spark = spark;
        this.plan = plan;
        this.data = data;
        this.listener = listener;
        this.checkpoints = checkpoints;
        started = start.isPresent();
        network = VaeNetworks.create(
                plan.spec(),
                plan.scoringSamples(),
                plan.optimizer().updater(plan.learningRate().base()),
                plan.seed(),
                data.encoder().columnMeans());
        int pseudoInputs = plan.spec().pseudoInputs();
        // A run that is resumed has its own.
        if (pseudoInputs > 0 && checkpoints.start().isEmpty()) {
            spark.setJobDescription("choosing the rows that pseudo-inputs start from");
            VaeNetworks.setPseudoInputs(network, ChosenRows.of(data.training(), pseudoInputs, plan.seed()));
        }
        start.ifPresent(parameters -> VaeNetworks.startFrom(network, parameters));
    }

    /**
     * Runs a plan, from its start or from the checkpoint that {@code checkpoints} begins with.
     *
     * @throws ElbowException of category DIVERGED if the network's ELBO on the held-out rows is no longer finite or far
     *     below that of the network that it began with, or replicas' parameters are no longer finite
     */
    public static TrainingOutcome train(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingData data,
            TrainingListener listener,
            Checkpoints checkpoints) {
        return train(spark, plan, data, listener, checkpoints, Optional.empty());
    }

    /**
     * As {@link #train(JavaSparkContext, TrainingPlan, TrainingData, TrainingListener, Checkpoints)}, from the
     * parameters of a trained network, where the plan's network has such; the history's first entry is of that start.
     */
    public static TrainingOutcome train(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingData data,
            TrainingListener listener,
            Checkpoints checkpoints,
            Optional<StartParameters> start) {
        return new Trainer(spark, plan, data, listener, checkpoints, start).train();
    }

    private TrainingOutcome train() {
        try (Replicas replicas = plan.master() == TrainingPlan.Master.AVERAGING ? averaged() : others()) {
            if (history.isEmpty()) {
                measure(replicas, 0);
            }
            while (!finished()) {
                int epoch = Math.min(
                        plan.epochs(), last().epoch() + plan.measuring().every());
                clock = System.nanoTime();
                trainUntil(replicas, epoch);
                passTime();
                measure(replicas, epoch);
                if (isSettled(replicas)) {
                    requireNotDiverged();
                    choose(replicas);
                }
            }
            if (kept == 0) {
                kept = history.size() - 1;
            } else {
                warnIfNoBetterThanUntrained();
                replicas.restoreKept();
                measureVariances();
            }
            PosteriorCollapse.warning(history.get(kept).latents(), plan.spec().objective())
                    .ifPresent(listener::warned);
            return new TrainingOutcome(
                    network,
                    history,
                    kept,
                    trainingSeconds,
                    replicas.frequency(),
                    replicas.overhead(),
                    replicas.roundBytes(),
                    replicas.leftOut(),
                    replicas.trimmedShare());
        }
    }

    private void trainUntil(Replicas replicas, int epoch) {
        try {
            replicas.trainUntil(epoch);
        } catch (ElbowException e) {
            if (e.category() == ErrorCategory.DIVERGED
                    && replicas instanceof AveragedReplicas averaged
                    && averaged.rounds() > 0) {
                checkpoints.diverged(checkpoint(averaged));
            }
            throw e;
        }
    }

    /**
     * Requires that this build has what a master needs.
     *
     * @throws ElbowException of category USAGE that names the setting
     */
    public static void requireMaster(TrainingPlan.Master master) {
        if (master != TrainingPlan.Master.AVERAGING) {
            ReplicasFactory unused = ReplicasFactories.find(master);
        }
    }

    private Replicas others() {
        return ReplicasFactories.find(plan.master()).create(spark, plan, network, data, listener);
    }

    private Replicas averaged() {
        // The first round to end asks for its checkpoint only after this method has returned.
        AveragedReplicas[] replicas = new AveragedReplicas[1];
        replicas[0] = new AveragedReplicas(
                spark,
                plan,
                network,
                data,
                listener,
                () -> checkpoints.roundFinished(replicas[0].rounds(), () -> checkpoint(replicas[0])));
        checkpoints.start().ifPresent(start -> {
            replicas[0].resume(start.state(), start.best(), start.frequency(), start.damagedRounds());
            history.addAll(start.history());
            kept = start.kept();
            trainingSeconds = start.seconds();
        });
        return replicas[0];
    }

    private Checkpoint checkpoint(AveragedReplicas replicas) {
        passTime();
        return new Checkpoint(
                replicas.frequency(),
                replicas.damagedRounds(),
                replicas.state(),
                replicas.kept(),
                kept,
                trainingSeconds,
                history);
    }

    private void passTime() {
        long now = System.nanoTime();
        trainingSeconds += (now - clock) * 1e-9;
        clock = now;
    }

    private HistoryEntry last() {
        return history.get(history.size() - 1);
    }

    private boolean finished() {
        int patience = plan.measuring().patience();
        boolean exhausted = patience > 0 && kept > 0 && history.size() - 1 - kept >= patience;
        return exhausted || last().epoch() >= plan.epochs();
    }

    /** Before the KL term has its full weight the ELBO is not what training maximises: nothing is compared then. */
    private boolean isSettled(Replicas replicas) {
        return replicas.steps() >= plan.spec().objective().settledAt();
    }

    private void choose(Replicas replicas) {
        if (kept == 0 || last().elbo() > history.get(kept).elbo()) {
            kept = history.size() - 1;
            replicas.keep();
        }
    }

    /** A finite ELBO of minus a billion is divergence, too. */
    private void requireNotDiverged() {
        double first = history.get(0).trimmedElbo();
        double least = first - DIVERGENCE_MARGIN * plan.spec().inputSize();
        if (last().trimmedElbo() < least) {
            throw diverged(String.format(
                    Locale.ROOT,
                    "be at least %.4g nats, %.0f a column below the %s's %.4g, but is %.4g",
                    least,
                    DIVERGENCE_MARGIN,
                    started ? "starting model" : "untrained network",
                    first,
                    last().trimmedElbo()));
        }
    }

    private void warnIfNoBetterThanUntrained() {
        double untrained = history.get(0).trimmedElbo();
        // One that starts from a trained network has a gate of its own.
        if (!started && history.get(kept).trimmedElbo() <= untrained) {
            listener.warned(String.format(
                    Locale.ROOT,
                    "at no measurement was the ELBO of the held-out rows above the untrained network's %.4g nats, at best"
                            + " it was %.4g: the model is of no use; try more training.epochs or another"
                            + " training.learning-rate (it is %s)",
                    untrained,
                    history.get(kept).trimmedElbo(),
                    plan.learningRate().base()));
        }
    }

    private ElbowException diverged(String rule) {
        return new ElbowException(
                ErrorCategory.DIVERGED,
                "mean ELBO of the held-out rows must " + rule + " after epoch " + last().epoch()
                        + "; try a smaller training.learning-rate (it is "
                        + plan.learningRate().base() + ")");
    }

    /**
     * Optimal variances of the network as it is now, on the training rows that it is measured on: replicas' means know
     * only how to train. A function of the network alone, so that it is the same whenever it is repeated.
     */
    private void measureVariances() {
        if (OptimalVariances.areIn(plan.spec())) {
            ScoringModel model = ScoringModel.of(network, MEASURING_SAMPLES);
            VaeNetworks.storeVariances(network, EncodedErrors.of(spark, data.trainingSample(), model));
        }
    }

    private void measure(Replicas replicas, int epoch) {
        spark.setJobDescription("measuring after epoch " + epoch);
        measureVariances();
        ScoringModel model = ScoringModel.of(network, MEASURING_SAMPLES);
        EncodedMeans validation = EncodedMeans.of(spark, data.validation(), model, plan.trimmedShare());
        EncodedMeans training = EncodedMeans.of(spark, data.trainingSample(), model);
        double logJacobian = data.encoder().logJacobian();
        long examples = epoch * data.trainingRows();
        double since = history.isEmpty() ? 0 : last().seconds();
        double trained = history.isEmpty() ? 0 : examples - last().examples();
        HistoryEntry entry = new HistoryEntry(
                epoch,
                replicas.rounds(),
                replicas.steps(),
                examples,
                trainingSeconds,
                validation.elbo() + logJacobian,
                validation.trimmedElbo() + logJacobian,
                validation.reconstruction() + logJacobian,
                validation.kl(),
                training.elbo() + logJacobian,
                validation.latents().activeUnits(),
                trained == 0 ? 0 : trained / (trainingSeconds - since),
                validation.latents());
        history.add(entry);
        if (!Double.isFinite(entry.trimmedElbo())) {
            throw diverged("stay finite, but is " + entry.trimmedElbo());
        }
        listener.measured(entry);
    }
}
