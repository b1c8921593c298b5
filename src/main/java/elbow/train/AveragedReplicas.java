package elbow.train;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.train.averaging.AveragingFrequency;
import elbow.train.averaging.AveragingRounds;
import elbow.train.averaging.AveragingState;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.RoundOutcome;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.RoundReport;
import elbow.train.progress.TrainingListener;
import elbow.vae.objective.Objective;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Replicas under Elbow's own averaging rounds. */
final class AveragedReplicas implements Replicas {
    /** Consecutive rounds with a non-finite replica after which a run has diverged. */
    private static final int MOST_DAMAGED_ROUNDS = 3;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final MultiLayerNetwork network;
    private AveragingRounds rounds;
    private final TrainingListener listener;
    private final Runnable afterRound;
    private int frequency;
    private AveragingState state;
    private AveragingState kept;
    private int damagedRounds;
    private long leftOut;
    private long seenRows;
    private long trimmedRows;
    private long nanos;
    private long overheadNanos;
    private long bytes;
    private int countedRounds;

    /** @param afterRound called when a round has ended and {@link #state} is the new one */
    AveragedReplicas(
            JavaSparkContext spark,
            TrainingPlan plan,
            MultiLayerNetwork network,
            TrainingData data,
            TrainingListener listener,
            Runnable afterRound) {
        this.spark = spark;
        this.plan = plan;
        this.network = network;
        this.listener = listener;
        this.afterRound = afterRound;
        rounds = new AveragingRounds(spark, data.training(), plan(plan));
        state = rounds.initial(VaeNetworks.parametersOf(network));
        kept = state;
        warnOfUnfinishedWarmUp();
    }

    /** The rounds of a plan, until its frequency is known. */
    static AveragingRounds.Plan plan(TrainingPlan plan) {
        return new AveragingRounds.Plan(
                plan.spec(),
                plan.optimizer(),
                plan.precision(),
                plan.learningRate(),
                plan.averaging().moments(),
                plan.averaging().outer().at(1),
                plan.batchSize(),
                plan.trimmedShare(),
                plan.epochs(),
                plan.seed(),
                0);
    }

    private void warnOfUnfinishedWarmUp() {
        Objective objective = plan.spec().objective();
        if (objective.settledAt() > rounds.totalSteps()) {
            boolean capacity = objective.capacity().isPresent();
            listener.warned(String.format(
                    Locale.ROOT,
                    "%s after %,d steps, but the run has %,d: %s or more training.epochs",
                    capacity ? "the capacity reaches its maximum" : "the KL term reaches its full weight",
                    objective.settledAt(),
                    rounds.totalSteps(),
                    capacity
                            ? "set a smaller objective.capacity-steps"
                            : "what is trained is no ELBO; set a smaller objective.kl-warm-up-steps"));
        }
        if (plan.learningRate().warmUpSteps() > rounds.totalSteps()) {
            listener.warned(String.format(
                    Locale.ROOT,
                    "the learning rate reaches its full size after %,d steps, but the run has %,d: set a smaller"
                            + " training.learning-rate-schedule.warm-up-steps or more training.epochs",
                    plan.learningRate().warmUpSteps(),
                    rounds.totalSteps()));
        }
    }

    /**
     * Resumes from a checkpoint.
     *
     * @throws ElbowException of category USAGE if rows are to be left out, and the run so far has no teacher: one of an
     *     earlier build, which does not say that none were
     */
    void resume(AveragingState from, AveragingState best, int steps, int damaged) {
        if (plan.trimmedShare() > 0 && from.teacher() == null) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "training.robust must be off to go on with a run that left no rows out, but is on");
        }
        state = from;
        kept = best;
        damagedRounds = damaged;
        toNetwork(state);
        useFrequency(steps);
    }

    AveragingState state() {
        return state;
    }

    AveragingState kept() {
        return kept;
    }

    int damagedRounds() {
        return damagedRounds;
    }

    @Override
    public int frequency() {
        return frequency;
    }

    @Override
    public double overhead() {
        return (double) overheadNanos / nanos;
    }

    @Override
    public OptionalLong roundBytes() {
        return countedRounds == 0 ? OptionalLong.empty() : OptionalLong.of(bytes / countedRounds);
    }

    @Override
    public long leftOut() {
        return leftOut;
    }

    @Override
    public double trimmedShare() {
        return seenRows == 0 ? 0 : (double) trimmedRows / seenRows;
    }

    @Override
    public void trainUntil(int epoch) {
        settleFrequency();
        long until = Math.multiplyExact(rounds.stepsPerEpoch(), epoch);
        while (state.step() < until) {
            round(stepsOfRound(until - state.step()));
        }
        toNetwork(state);
    }

    /**
     * Rounds of about equal length, none longer than the frequency: a last round of a few steps would be all overhead.
     */
    private int stepsOfRound(long left) {
        long count = (left + frequency - 1) / frequency;
        return (int) ((left + count - 1) / count);
    }

    private void settleFrequency() {
        if (frequency > 0) {
            return;
        }
        spark.setJobDescription("finding the averaging frequency");
        int most = (int) plan.longestRound(rounds.totalSteps());
        useFrequency(plan.averaging().frequency().orElseGet(() -> AveragingFrequency.measured(rounds, state, most)));
    }

    private void useFrequency(int steps) {
        frequency = steps;
        rounds = rounds.with(plan.averaging().outer().at(steps));
        listener.frequencyChosen(frequency);
    }

    private void round(int steps) {
        int epoch = epochOf(state.step());
        spark.setJobDescription(String.format(
                Locale.ROOT, "averaging round %d, epoch %d of %d", state.round() + 1, epoch, plan.epochs()));
        RoundOutcome outcome = rounds.run(state, steps);
        nanos += outcome.nanos();
        overheadNanos += outcome.overheadNanos();
        bytes += outcome.sums().bytes();
        countedRounds++;
        guard(outcome);
        state = outcome.requireNext();
        seenRows += outcome.sums().examples();
        trimmedRows += outcome.sums().trimmed();
        listener.roundFinished(new RoundReport(
                state.round(),
                epoch,
                plan.epochs(),
                (double) state.step() / rounds.totalSteps(),
                outcome.sums().examples() / (outcome.nanos() * 1e-9),
                (double) outcome.overheadNanos() / outcome.nanos(),
                outcome.sums().trainingElbo(),
                outcome.sums().leftOut(),
                outcome.sums().bytes()));
        afterRound.run();
    }

    /** Non-finite replicas are left out of the mean; after several such rounds in a row the run has diverged. */
    private void guard(RoundOutcome outcome) {
        long damaged = outcome.sums().leftOut();
        if (damaged == 0) {
            damagedRounds = 0;
            return;
        }
        leftOut += damaged;
        damagedRounds++;
        String what = String.format(
                Locale.ROOT,
                "%d of %d replicas had parameters that are not finite in round %d",
                damaged,
                plan.replicas(),
                state.round() + 1);
        if (outcome.next() == null || damagedRounds >= MOST_DAMAGED_ROUNDS) {
            throw new ElbowException(
                    ErrorCategory.DIVERGED,
                    "parameters must stay finite, but " + what
                            + (outcome.next() == null ? "" : ", the " + MOST_DAMAGED_ROUNDS + "rd such round in a row")
                            + "; try a smaller training.learning-rate (it is "
                            + plan.learningRate().base() + ")");
        }
        listener.warned(what + " and were left out of the mean");
    }

    private int epochOf(long step) {
        return (int) (step / rounds.stepsPerEpoch()) + 1;
    }

    @Override
    public int rounds() {
        return state.round();
    }

    @Override
    public long steps() {
        return state.step();
    }

    @Override
    public void keep() {
        kept = state;
    }

    @Override
    public void restoreKept() {
        toNetwork(kept);
    }

    private void toNetwork(AveragingState from) {
        // DL4J keeps Adam's moments, and would take others for those.
        boolean adam = plan.optimizer() == InnerOptimizer.ADAM;
        VaeNetworks.setState(
                network,
                from.parameters(),
                adam ? from.firstMoments() : null,
                adam ? from.secondMoments() : null,
                from.step());
    }

    @Override
    public void close() {
        spark.setJobDescription(null);
    }
}
