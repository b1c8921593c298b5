package elbow.dl4j;

import elbow.base.Check;
import elbow.vae.BatchStatistics;
import elbow.vae.OptimalVariances;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.MissingColumns;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@link VaeLayer} at work in a network. Whatever master drives it, a row's noise is keyed by the network's seed, its
 * iteration count and the hash of the row's content: so the same minibatch gives the same gradient wherever it runs.
 *
 * <p>In the spec's missing columns NaN stands for a missing value; DL4J's mask arrays mean time steps and are refused.
 */
final class VaeOutputLayer extends BaseLayer<VaeLayer> implements IOutputLayer {
    private static final long serialVersionUID = 1L;

    private transient @Nullable VaeEngine engine;
    private transient @Nullable INDArray boundParameters;
    private transient @Nullable INDArray boundGradients;
    private transient @Nullable VaeScorer scorer;
    private transient @Nullable RowBatch batch;
    private transient @Nullable MissingColumns missing;
    private final transient BatchStatistics statistics = new BatchStatistics();
    private transient @Nullable INDArray labels;

    /** The input that {@link #statistics} was computed for by the last backward pass. */
    private transient @Nullable INDArray differentiatedInput;

    VaeOutputLayer(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(@Nullable INDArray epsilon, LayerWorkspaceMgr workspaceManager) {
        assertInputSet(true);
        RowBatch rows = load(input);
        statistics.clear();
        // DL4J divides the gradient by the number of rows afterwards, so the sum over the rows is wanted.
        boundEngine(rows.count()).gradient(rows, seed(), getIterationCount(), 1.0, statistics);
        differentiatedInput = input;
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        gradient.setGradientFor(VaeParameters.KEY, gradientsFlattened);
        // There is no layer below that could use the gradient with respect to the input.
        return new Pair<>(gradient, null);
    }

    /**
     * The mean loss of the input's rows in nats: in training the objective that the last backward pass differentiated,
     * otherwise the mean negative ELBO.
     */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaceManager) {
        assertInputSet(false);
        if (training && differentiatedInput == input) {
            score = statistics.loss() / statistics.rows() + regularization;
        } else {
            double sum = 0;
            RowScores scores = scoreRows();
            for (int row = 0; row < scores.rows(); row++) {
                sum -= scores.elbo(row);
            }
            score = sum / scores.rows() + regularization;
        }
        return score;
    }

    /** Each row's negative ELBO in nats, shape [rows, 1], {@code DOUBLE}. */
    @Override
    public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaceManager) {
        assertInputSet(false);
        RowScores scores = scoreRows();
        double[] losses = new double[scores.rows()];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = regularization - scores.elbo(row);
        }
        return Nd4j.createFromArray(losses).reshape(losses.length, 1);
    }

    /** The expected value of every column at the posterior mean, shape [rows, inputSize]. */
    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceManager) {
        assertInputSet(false);
        RowBatch rows = load(input);
        int count = rows.count();
        int columns = spec().inputSize();
        float[] expected = new float[Math.multiplyExact(count, columns)];
        boundScorer().reconstruct(rows, seed(), expected);
        INDArray output = workspaceManager.createUninitialized(
                ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {count, columns}, 'c');
        NativeViews.of(output).put(0, expected, expected.length);
        return output;
    }

    /** Adds the squared errors of rows to what optimal variances follow from. */
    void addSquaredErrors(INDArray matrix, OptimalVariances variances) {
        boundScorer().addSquaredErrors(load(matrix), seed(), variances);
    }

    private RowScores scoreRows() {
        RowBatch rows = load(input);
        RowScores scores = new RowScores(rows.count());
        boundScorer().score(rows, seed(), layerConf().scoringSamples(), scores);
        return scores;
    }

    private VaeSpec spec() {
        return layerConf().spec();
    }

    private long seed() {
        return conf().getSeed();
    }

    /** An engine for that many rows, bound to the network's memory; bound anew only when the memory is another. */
    private VaeEngine boundEngine(int rowCount) {
        if (engine != null && engine.maximumRows() < rowCount) {
            engine.close();
            engine = null;
        }
        if (engine == null || boundParameters != paramsFlattened || boundGradients != gradientsFlattened) {
            engine = engine == null ? new VaeEngine(spec(), rowCount) : engine;
            engine.bind(NativeViews.of(paramsFlattened), NativeViews.of(gradientsFlattened));
            boundParameters = paramsFlattened;
            boundGradients = gradientsFlattened;
        }
        return engine;
    }

    private VaeScorer boundScorer() {
        if (scorer == null) {
            scorer = new VaeScorer(spec());
        }
        scorer.bind(NativeViews.of(paramsFlattened));
        return scorer;
    }

    /** Copies the rows of {@code matrix}, and keys them by their content. */
    private RowBatch load(INDArray matrix) {
        int columns = spec().inputSize();
        Check.argument(
                matrix.rank() == 2 && matrix.size(1) == columns,
                "input of VaeLayer",
                "have shape [rows, " + columns + "]",
                Arrays.toString(matrix.shape()));
        int count = Math.toIntExact(matrix.size(0));
        RowBatch rows = batch;
        if (rows == null || rows.capacity() < count) {
            rows = new RowBatch(columns, count);
            batch = rows;
        }
        NativeViews.copyRows(matrix, rows.values());
        if (missing().isEmpty()) {
            rows.holdComplete(count);
        } else {
            missing().mark(rows.values(), count, rows.mask());
            rows.holdWithGaps(count);
        }
        rows.keyByContent();
        return rows;
    }

    private MissingColumns missing() {
        if (missing == null) {
            missing = new MissingColumns(spec().row());
        }
        return missing;
    }

    @Override
    public void setMaskArray(@Nullable INDArray mask) {
        refuseMask(mask);
    }

    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray mask, @Nullable MaskState state, int minibatchSize) {
        refuseMask(mask);
        return null;
    }

    private static void refuseMask(@Nullable INDArray mask) {
        if (mask != null) {
            Check.argument(
                    false,
                    "mask array of VaeLayer",
                    "be absent (NaN in the features stands for a missing value)",
                    Arrays.toString(mask.shape()));
        }
    }

    @Override
    public void clear() {
        super.clear();
        differentiatedInput = null;
        labels = null;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
        if (scorer != null) {
            scorer.close();
            scorer = null;
        }
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public boolean needsLabels() {
        return false;
    }

    @Override
    public void setLabels(@Nullable INDArray labels) {
        this.labels = labels;
    }

    @Override
    public @Nullable INDArray getLabels() {
        return labels;
    }

    @Override
    public double f1Score(DataSet data) {
        throw notAClassifier();
    }

    @Override
    public double f1Score(INDArray examples, INDArray targets) {
        throw notAClassifier();
    }

    @Override
    @Deprecated
    public int numLabels() {
        throw notAClassifier();
    }

    @Override
    public int[] predict(INDArray examples) {
        throw notAClassifier();
    }

    @Override
    public List<String> predict(DataSet data) {
        throw notAClassifier();
    }

    @Override
    public void fit(INDArray examples, int[] targets) {
        throw notAClassifier();
    }

    @Override
    public void fit(DataSetIterator data) {
        throw trainedThroughNetwork();
    }

    @Override
    public void fit(INDArray examples, INDArray targets) {
        throw trainedThroughNetwork();
    }

    @Override
    public void fit(DataSet data) {
        throw trainedThroughNetwork();
    }

    private static UnsupportedOperationException notAClassifier() {
        return new UnsupportedOperationException("VaeLayer has no classes: it models the density of its input");
    }

    private static UnsupportedOperationException trainedThroughNetwork() {
        return new UnsupportedOperationException("VaeLayer is trained by its MultiLayerNetwork's fit methods");
    }
}
