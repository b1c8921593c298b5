package elbow.train.averaging;

import elbow.data.shard.PackedRows;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * A round as an RDD with one partition per replica. Named classes instead of lambdas: Spark's closure cleaner reads the
 * byte code of every lambda in every round, which takes longer than the rest of starting a job.
 */
final class RoundRdd extends RDD<ReplicaResult> {
    private static final long serialVersionUID = 1L;

    private static final ClassTag<ReplicaResult> RESULT = ClassTag$.MODULE$.apply(ReplicaResult.class);
    private static final ClassTag<PackedRows> BLOCK = ClassTag$.MODULE$.apply(PackedRows.class);

    private final ReplicaTask task;
    private final SentState state;

    /** @param blocks a partition for each replica, with the segments that its walk asks for */
    RoundRdd(RDD<PackedRows> blocks, ReplicaTask task, SentState state) {
        super(blocks, RESULT);
        this.task = task;
        this.state = state;
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(BLOCK).partitions();
    }

    @Override
    public Iterator<ReplicaResult> compute(Partition replica, TaskContext context) {
        Iterator<PackedRows> blocks = firstParent(BLOCK).iterator(replica, context);
        ReplicaResult result = task.run(replica.index(), JavaConverters.asJavaIterator(blocks), state.value());
        return JavaConverters.asScalaIterator(List.of(result).iterator());
    }

    /** Runs all replicas; their results in the order of replicas. */
    List<ReplicaResult> results() {
        ReplicaResult[] results = new ReplicaResult[getNumPartitions()];
        List<Object> all =
                IntStream.range(0, results.length).<Object>mapToObj(i -> i).toList();
        context()
                .runJob(
                        this,
                        new Only(),
                        JavaConverters.asScalaBuffer(all).toSeq(),
                        (replica, result) -> {
                            results[(int) replica] = result;
                            return BoxedUnit.UNIT;
                        },
                        RESULT);
        return List.of(results);
    }

    /** The one element of a partition. */
    private static final class Only
            implements Function2<TaskContext, Iterator<ReplicaResult>, ReplicaResult>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public ReplicaResult apply(TaskContext context, Iterator<ReplicaResult> results) {
            return results.next();
        }
    }
}
