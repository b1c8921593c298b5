package elbow.benchmark;

import elbow.data.shard.PackedRows;
import elbow.math.FloatMemory;
import elbow.score.ScoringModel;
import elbow.vae.RowScores;
import elbow.vae.VaeScorer;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * -log p(x) of test rows by the importance-weighted bound (Burda, Grosse, Salakhutdinov. Importance weighted
 * autoencoders. ICLR 2016): an upper bound on average, tighter with more samples.
 *
 * @param nll mean over the rows, in nats
 * @param standardError of that mean as one of all rows that there could be
 * @param elbo mean ELBO over the same samples
 * @param rows how many
 */
record TestLikelihood(double nll, double standardError, double elbo, long rows) {
    private static final int PIECE = 192;

    /** The bound by that many samples, on as many threads. */
    static TestLikelihood of(
            ScoringModel model, List<PackedRows> blocks, int samples, int threads, LongConsumer progress)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<double[]>> sums = new ArrayList<>();
            long[] done = {0};
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                sums.add(executor.submit(() -> sums(model, blocks, samples, own, threads, count -> {
                    synchronized (done) {
                        done[0] += count;
                        progress.accept(done[0]);
                    }
                })));
            }
            double[] total = new double[4];
            for (Future<double[]> some : sums) {
                double[] part = some.get();
                for (int i = 0; i < total.length; i++) {
                    total[i] += part[i];
                }
            }
            double rows = total[0];
            double mean = total[1] / rows;
            double variance = (total[2] / rows - mean * mean) * rows / (rows - 1);
            return new TestLikelihood(-mean, Math.sqrt(variance / rows), total[3] / rows, (long) rows);
        } finally {
            executor.shutdown();
        }
    }

    // Rows, bounds, their squares, ELBOs.
    private static double[] sums(
            ScoringModel model, List<PackedRows> blocks, int samples, int own, int threads, LongConsumer progress) {
        double[] sums = new double[4];
        int piece = 0;
        try (VaeScorer scorer = new VaeScorer(model.spec());
                FloatMemory parameters = FloatMemory.allocate(model.parameters().length)) {
            parameters.put(0, model.parameters(), model.parameters().length);
            scorer.bind(parameters);
            RowScores scores = new RowScores(PIECE);
            for (PackedRows block : blocks) {
                for (int from = 0; from < block.rows(); from += PIECE, piece++) {
                    if (piece % threads != own) {
                        continue;
                    }
                    int count = Math.min(PIECE, block.rows() - from);
                    scorer.score(batch(block, from, count), model.seed(), samples, scores);
                    for (int row = 0; row < count; row++) {
                        double bound = scores.importanceWeightedBound(row);
                        sums[0]++;
                        sums[1] += bound;
                        sums[2] += bound * bound;
                        sums[3] += scores.elbo(row);
                    }
                    progress.accept(count);
                }
            }
        }
        return sums;
    }

    private static RowBatch batch(PackedRows block, int from, int count) {
        float[] values = new float[count * block.columns()];
        block.copyRows(from, count, values);
        long[] keys = new long[count];
        System.arraycopy(block.keys(), from, keys, 0, count);
        return RowBatch.of(block.columns(), values).withKeys(keys);
    }
}
