package elbow.job.run;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.ColumnProfile;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.BadRows;
import elbow.data.rows.Split;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.train.TrainingData;
import elbow.train.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final TrainRequest request;
    private final SparkSession spark;
    private final FeatureSettings options;
    private final Split split;
    private final FeatureFit fit;
    private final OptionalLong setAside;

    /**
     * What was read from text or images, kept while statistics and shards are made of it: each would otherwise unpack
     * and parse it anew.
     */
    private final List<Dataset<Row>> read = new ArrayList<>();

    private final List<ReplicaShards> shards = new ArrayList<>();

    /**
     * Reads and splits what {@code request} names, and fits the encoder on the training rows.
     *
     * @param quarantine where bad rows are set aside; empty: they are errors
     */
    PreparedRows(TrainRequest request, SparkSession spark, Optional<Quarantine> quarantine) {
        this.request = request;
        this.spark = spark;
        options = FeatureSettings.of(request.configuration(), request.ignored());
        try {
            if (quarantine.isEmpty()) {
                split = split(source(request.input()), held().map(this::source));
                fit = FeatureFit.of(split.training(), options);
                requireNoBadValues();
                setAside = OptionalLong.empty();
            } else {
                Dataset<Row> rows = source(request.input().markingBadRows());
                Optional<Dataset<Row>> validation = held().map(held -> source(held.markingBadRows()));
                fit = FeatureFit.of(
                        split(BadRows.good(rows), validation.map(BadRows::good)).training(), options);
                Dataset<Row> marked = BadRows.mark(rows, fit.encoder());
                Optional<Dataset<Row>> markedValidation = validation.map(held -> BadRows.mark(held, fit.encoder()));
                setAside = OptionalLong.of(quarantine
                        .get()
                        .setAside(markedValidation.map(marked::unionByName).orElse(marked)));
                split = split(BadRows.good(marked), markedValidation.map(BadRows::good));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Optional<ReadRequest> held() {
        return request.validation().map(unused -> request.held());
    }

    private Split split(Dataset<Row> rows, Optional<Dataset<Row>> validation) {
        Configuration configuration = request.configuration();
        List<String> content = options.contentColumns(rows.schema());
        return validation.isPresent()
                ? Split.given(rows, validation.get(), content)
                : Split.of(
                        rows,
                        content,
                        configuration.fraction("data.validation-fraction"),
                        configuration.longValue("seed"));
    }

    private Dataset<Row> source(ReadRequest input) {
        Dataset<Row> rows = unkept(input);
        if (!DataReader.isCheap(spark, input)) {
            read.add(rows.persist(StorageLevel.MEMORY_AND_DISK()));
        }
        return rows;
    }

    private Dataset<Row> unkept(ReadRequest input) {
        Dataset<Row> all = DataReader.read(spark, input);
        return request.normalOnly()
                .map(normal -> DataReader.only(all, "--normal-only", normal.column(), normal.value()))
                .orElse(all);
    }

    private void requireNoBadValues() {
        if (fit.hasBadValues()) {
            // What is kept does not know its files.
            release(read);
            fit.requireNoBadValues(unkept(request.input().markingBadRows()));
        }
    }

    /** Every column of the table and what becomes of it. */
    List<ColumnProfile> columns() {
        return fit.columns();
    }

    /** How many rows were set aside; empty if none would be. */
    OptionalLong setAside() {
        return setAside;
    }

    FeatureEncoder encoder() {
        return fit.encoder();
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
        String used = encoder()
                .image()
                .map(shape -> "images of " + shape)
                .orElse(encoder().features().size() + " columns");
        List<String> left = encoder().leftOut().stream()
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
        JavaRDD<PackedRows> sample = training.byReplica().mapPartitions(blocks -> {
            List<PackedRows> first = new ArrayList<>();
            while (blocks.hasNext() && first.size() < SAMPLED_BLOCKS) {
                first.add(blocks.next());
            }
            return first.iterator();
        });
        return new TrainingData(training, sample, validation.all(), trainingRows(), encoder());
    }

    @Override
    public void close() {
        release(read);
        shards.forEach(ReplicaShards::close);
    }

    private ReplicaShards shards(Dataset<Row> rows, long count, TrainingPlan plan) {
        ShardLayout layout =
                ShardLayout.forRows(plan.replicas(), count, encoder().rowBytes());
        try {
            ReplicaShards kept =
                    ReplicaShards.keep(Shards.of(rows, encoder(), layout, plan.seed(), BLOCK_ROWS), layout);
            shards.add(kept);
            return kept;
        } catch (RuntimeException e) {
            throw BadRows.located(e, () -> unkept(located().markingBadRows()), encoder());
        }
    }

    // A bad value that the fit has not met is one of the rows held out.
    private ReadRequest located() {
        release(read);
        return held().orElse(request.input());
    }

    private static void release(List<Dataset<Row>> rows) {
        rows.forEach(Dataset::unpersist);
        rows.clear();
    }
}
