package elbow.benchmark;

import com.sun.management.ThreadMXBean;
import elbow.math.FloatMemory;
import elbow.math.Precision;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.Initialisation;
import elbow.vae.LocalTrainer;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.input.RowBatch;
import java.lang.management.ManagementFactory;

/** Elbow's kernel: gradient and Adam. */
final class KernelStep implements Step {
    private final Workload workload;
    private final VaeEngine engine;
    private final FloatMemory parameters;
    private final FloatMemory gradients;
    private final LocalTrainer trainer;
    private final float[] rows;
    private final RowBatch batch;
    private long step;

    KernelStep(Workload workload) {
        this(workload, Precision.FLOAT32);
    }

    KernelStep(Workload workload, Precision precision) {
        this.workload = workload;
        engine = new VaeEngine(workload.spec(), workload.batch(), precision);
        int length = engine.layout().length();
        parameters = FloatMemory.allocate(length);
        gradients = FloatMemory.allocate(length);
        Initialisation.initialise(workload.spec(), 1, parameters);
        trainer = new LocalTrainer(
                engine,
                new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length)),
                parameters,
                gradients);
        rows = workload.rows();
        batch = RowBatch.of(workload.spec().inputSize(), rows);
    }

    @Override
    public void run() {
        trainer.step(batch, 1, step++, 1e-4, null);
    }

    /** Heap bytes that one step allocates, on average over 100. */
    double bytesPerStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 100.0;
    }

    /** Rows scored per second at the posterior mean. */
    double scoringRowsPerSecond() {
        int count = 20 * workload.batch();
        float[] many = new float[count * workload.spec().inputSize()];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(rows, 0, many, i * rows.length, rows.length);
        }
        RowBatch all = RowBatch.of(workload.spec().inputSize(), many);
        RowScores scores = new RowScores(count);
        double best = Double.MAX_VALUE;
        try (VaeScorer scorer = new VaeScorer(workload.spec())) {
            scorer.bind(parameters);
            for (int round = 0; round < 8; round++) {
                long start = System.nanoTime();
                scorer.score(all, 1, 0, scores);
                best = Math.min(best, (System.nanoTime() - start) * 1e-9);
            }
        }
        return count / best;
    }

    @Override
    public void close() {
        engine.close();
        parameters.close();
        gradients.close();
    }
}
