package elbow.train.averaging;

import elbow.data.shard.PackedRows;
import elbow.math.Precision;
import elbow.vae.VaeSpec;
import java.util.Arrays;
import java.util.List;

/**
 * A replica by itself, trained where it is: the loop of one replica under plain averaging, bit for bit. A function of
 * its settings, rows and start alone.
 */
public final class SingleReplica {
    private final ReplicaPlan plan;
    private final List<PackedRows> rows;
    private final long stepsPerEpoch;
    private final long totalSteps;
    private final StepSize stepSize;
    private ReplicaState state;
    private long step;

    /**
     * What a replica is trained with.
     *
     * @param spec of its network
     * @param optimizer what turns gradients into steps
     * @param precision of the products in its minibatch steps
     * @param batchSize rows of a minibatch
     * @param trimmedShare share of a minibatch's rows that is left out, those that cost most; 0: none
     * @param stepSize of each step
     * @param epochs passes over the rows, by which the step size goes
     */
    public record Settings(
            VaeSpec spec,
            InnerOptimizer optimizer,
            Precision precision,
            int batchSize,
            double trimmedShare,
            StepSize stepSize,
            int epochs) {}

    /**
     * @param seed of the order of rows and all noise
     * @param rows in blocks of which all but the last have as many rows; at least one row
     * @param start the parameters that training begins with
     */
    public SingleReplica(Settings settings, long seed, List<PackedRows> rows, float[] start) {
        this.rows = List.copyOf(rows);
        int count = rows.stream().mapToInt(PackedRows::rows).sum();
        plan = new ReplicaPlan(
                settings.spec(),
                settings.optimizer(),
                settings.precision(),
                MomentMerge.AVERAGE,
                settings.batchSize(),
                settings.trimmedShare(),
                seed,
                0,
                new int[][] {{count}});
        stepsPerEpoch = plan.stepsPerEpoch();
        totalSteps = settings.epochs() * stepsPerEpoch;
        stepSize = settings.stepSize();
        byte[] parameters = FloatBytes.of(start);
        state = new ReplicaState(parameters, null, null, settings.trimmedShare() > 0 ? parameters : null);
    }

    /**
     * Trains for some epochs more.
     *
     * @return whether every parameter is still a finite number
     */
    public boolean train(int epochs) {
        int steps = Math.toIntExact(epochs * stepsPerEpoch);
        double[] rates = new double[steps];
        Arrays.setAll(rates, i -> stepSize.at(step + i, totalSteps));
        ReplicaResult result = new ReplicaTask(plan, new Round(step, rates)).run(0, rows.iterator(), state);
        state = result.state();
        step += steps;
        return result.isFinite();
    }

    /** The parameters as they are now. A copy. */
    public float[] parameters() {
        float[] parameters = new float[state.parameters().length / Float.BYTES];
        FloatBytes.view(state.parameters()).get(parameters);
        return parameters;
    }
}
