package elbow.data.shard;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.apache.spark.util.Utils;
import scala.collection.JavaConverters;

/**
 * Shares replicas out between executors. Left to itself Spark makes shards where most of the shuffled rows are, so
 * those of a single input file all stay on one executor, and training with them while the others idle.
 */
final class ReplicaPlaces {
    private ReplicaPlaces() {}

    /**
     * A process that tasks run in.
     *
     * @param id Spark's name of it
     * @param host where it runs
     * @param slots tasks that it runs at once, at least 0
     */
    record Executor(String id, String host, int slots) {
        /** As Spark's scheduler reads it. */
        String location() {
            return "executor_" + host + "_" + id;
        }
    }

    /**
     * Where each of {@code replicas} is to be made: a wish, which Spark sets aside when the executor is gone or busy
     * for longer than {@code spark.locality.wait}. Empty where there is nothing to choose, as in local mode.
     */
    static List<String> of(SparkContext spark, int replicas) {
        int cpus = spark.conf().getInt("spark.task.cpus", 1);
        List<Executor> executors = JavaConverters.seqAsJavaList(
                        spark.statusStore().executorList(true))
                .stream()
                .filter(executor -> executor.isActive()
                        && !executor.isExcluded()
                        && !executor.id().equals("driver"))
                .map(executor -> executor(executor, cpus))
                .toList();
        return spread(executors, replicas);
    }

    private static Executor executor(ExecutorSummary summary, int cpus) {
        String host = Utils.parseHostPort(summary.hostPort())._1();
        return new Executor(summary.id(), host, summary.totalCores() / cpus);
    }

    /**
     * Deals replicas out: one to each executor, then a second one to each that has a second slot, and so on; when all
     * slots are taken, from the beginning. The executors' order does not matter.
     */
    static List<String> spread(List<Executor> executors, int replicas) {
        Check.positive("replicas", replicas);
        List<Executor> ordered = executors.stream()
                .sorted(Comparator.comparing(Executor::host).thenComparing(Executor::id))
                .toList();
        int most = ordered.stream().mapToInt(Executor::slots).max().orElse(0);
        List<String> slots = new ArrayList<>();
        for (int slot = 0; slot < most; slot++) {
            for (Executor executor : ordered) {
                if (slot < executor.slots()) {
                    slots.add(executor.location());
                }
            }
        }
        return slots.isEmpty()
                ? List.of()
                : IntStream.range(0, replicas)
                        .mapToObj(replica -> slots.get(replica % slots.size()))
                        .toList();
    }
}
