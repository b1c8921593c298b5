package elbow.job;

import elbow.base.Configuration;
import elbow.data.Block;
import elbow.data.DataReader;
import elbow.data.FeatureEncoder;
import elbow.data.FeatureOptions;
import elbow.data.ReadRequest;
import elbow.data.ReplicaShards;
import elbow.data.ShardLayout;
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

    /**
     * What was read, kept while statistics and shards are made of it: each would otherwise unpack and parse it anew.
     */
    private final List<Dataset<Row>> read = new ArrayList<>();

    private final List<ReplicaShards> shards = new ArrayList<>();

    /** Reads and splits what {@code request} names, and fits the encoder on the training rows. */
    PreparedRows(TrainRequest request, SparkSession spark) {
        Configuration configuration = request.configuration();
        FeatureOptions options = new FeatureOptions(
                request.ignored(), configuration.choice("data.image.binarise", InputTransform.class));
        try {
            split = split(request, options, spark);
            encoder = FeatureEncoder.fit(split.training(), options);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Split split(TrainRequest request, FeatureOptions options, SparkSession spark) {
        Configuration configuration = request.configuration();
        Dataset<Row> rows = read(request.input(), request, spark);
        List<String> content = options.contentColumns(rows.schema());
        if (request.validation().isEmpty()) {
            return Split.of(
                    rows, content, configuration.fraction("data.validation-fraction"), configuration.longValue("seed"));
        }
        ReadRequest held = new ReadRequest(
                List.of(request.validation().get()),
                request.input().format(),
                request.input().where(),
                request.input().select());
        return Split.given(rows, read(held, request, spark), content);
    }

    private Dataset<Row> read(ReadRequest input, TrainRequest request, SparkSession spark) {
        Dataset<Row> all = DataReader.read(spark, input);
        Dataset<Row> rows = request.normalOnly()
                .map(normal -> DataReader.only(all, "--normal-only", normal.column(), normal.value()))
                .orElse(all)
                .persist(StorageLevel.MEMORY_AND_DISK());
        read.add(rows);
        return rows;
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

    /**
     * Lays the rows out for the plan's replicas: the held-out ones like those to train on, so that nothing of the run
     * depends on how many cores there are.
     */
    TrainingData sharded(TrainingPlan plan) {
        ReplicaShards training = shards(split.training(), split.trainingRows(), plan);
        ReplicaShards validation = shards(split.validation(), split.validationRows(), plan);
        release(read);
        JavaRDD<Block> sample = training.byReplica().mapPartitions(blocks -> {
            List<Block> first = new ArrayList<>();
            while (blocks.hasNext() && first.size() < SAMPLED_BLOCKS) {
                first.add(blocks.next());
            }
            return first.iterator();
        });
        return new TrainingData(training, sample, validation.all(), trainingRows(), encoder);
    }

    @Override
    public void close() {
        release(read);
        shards.forEach(ReplicaShards::close);
    }

    private ReplicaShards shards(Dataset<Row> rows, long count, TrainingPlan plan) {
        ShardLayout layout = ShardLayout.forRows(plan.replicas(), count, encoder.rowBytes());
        ReplicaShards kept = ReplicaShards.keep(Shards.of(rows, encoder, layout, plan.seed(), BLOCK_ROWS), layout);
        shards.add(kept);
        return kept;
    }

    private static void release(List<Dataset<Row>> rows) {
        rows.forEach(Dataset::unpersist);
        rows.clear();
    }
}
