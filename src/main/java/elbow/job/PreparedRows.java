package elbow.job;

import elbow.base.Configuration;
import elbow.data.Block;
import elbow.data.DataReader;
import elbow.data.FeatureEncoder;
import elbow.data.FeatureOptions;
import elbow.data.ReadRequest;
import elbow.data.Shards;
import elbow.data.Split;
import elbow.train.TrainingData;
import elbow.train.TrainingPlan;
import elbow.vae.InputTransform;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** The rows of a training run: read, split, understood by a fitted encoder, and sharded once the plan is known. */
final class PreparedRows implements AutoCloseable {
    /** Rows that travel and are kept together; a few hundred kilobytes of images. */
    private static final int BLOCK_ROWS = 512;

    /** Blocks of each shard that stand for the training rows when the network is measured between epochs. */
    private static final int SAMPLED_BLOCKS = 2;

    private final Split split;
    private final FeatureEncoder encoder;
    private final JavaRDD<Block> validationBlocks;
    private final List<JavaRDD<Block>> persisted = new ArrayList<>();

    private PreparedRows(Split split, FeatureEncoder encoder, int partitions, long seed) {
        this.split = split;
        this.encoder = encoder;
        validationBlocks = persist(Shards.of(split.validation(), encoder, partitions, seed, BLOCK_ROWS));
    }

    /** Reads and splits what {@code request} names, and fits the encoder on the training rows. */
    static PreparedRows of(TrainRequest request, SparkSession spark) {
        Configuration configuration = request.configuration();
        long seed = configuration.longValue("seed");
        FeatureOptions options = new FeatureOptions(
                request.ignored(), configuration.choice("data.image.binarise", InputTransform.class));
        Dataset<Row> rows = normalOnly(DataReader.read(spark, request.input()), request);
        Split split;
        if (request.validation().isPresent()) {
            ReadRequest held = new ReadRequest(
                    List.of(request.validation().get()),
                    request.input().format(),
                    request.input().where(),
                    request.input().select());
            split = Split.given(
                    rows, normalOnly(DataReader.read(spark, held), request), options.contentColumns(rows.schema()));
        } else {
            split = Split.of(
                    rows,
                    options.contentColumns(rows.schema()),
                    configuration.fraction("data.validation-fraction"),
                    seed);
        }
        FeatureEncoder encoder = FeatureEncoder.fit(split.training(), options);
        return new PreparedRows(split, encoder, spark.sparkContext().defaultParallelism(), seed);
    }

    FeatureEncoder encoder() {
        return encoder;
    }

    long trainingRows() {
        return split.trainingRows();
    }

    long validationRows() {
        return split.validationRows();
    }

    /** 16 hex digits that depend on the content of all rows and not on their order. */
    String fingerprint() {
        return split.fingerprint();
    }

    JavaRDD<Block> validationBlocks() {
        return validationBlocks;
    }

    /** The columns in words. */
    String describeColumns() {
        String used = encoder.image()
                .map(shape -> "images of " + shape)
                .orElse(encoder.features().size() + " columns");
        List<String> left = encoder.leftOut().stream()
                .map(column -> column.column() + " (" + column.reason() + ")")
                .toList();
        return left.isEmpty() ? used : used + "; left out: " + String.join(", ", left);
    }

    /** Lays the training rows out for the plan's replicas. */
    TrainingData sharded(TrainingPlan plan) {
        JavaRDD<Block> training =
                persist(Shards.of(split.training(), encoder, plan.replicas(), plan.seed(), BLOCK_ROWS));
        JavaRDD<Block> sample = training.mapPartitions(blocks -> {
            List<Block> first = new ArrayList<>();
            while (blocks.hasNext() && first.size() < SAMPLED_BLOCKS) {
                first.add(blocks.next());
            }
            return first.iterator();
        });
        return new TrainingData(training, sample, validationBlocks, trainingRows(), encoder);
    }

    @Override
    public void close() {
        persisted.forEach(blocks -> blocks.unpersist(false));
    }

    private JavaRDD<Block> persist(JavaRDD<Block> blocks) {
        JavaRDD<Block> kept = blocks.persist(StorageLevel.MEMORY_AND_DISK());
        persisted.add(kept);
        return kept;
    }

    private static Dataset<Row> normalOnly(Dataset<Row> rows, TrainRequest request) {
        return request.normalOnly()
                .map(normal -> DataReader.only(rows, "--normal-only", normal.column(), normal.value()))
                .orElse(rows);
    }
}
