package elbow.score;

import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import scala.Option;

/** What a Spark task is to the code that runs in it, without Spark: it ends when this is closed. */
final class TaskScope implements AutoCloseable {
    private final TaskContextImpl context = TaskContext$.MODULE$.empty();

    TaskScope() {
        TaskContext$.MODULE$.setTaskContext(context);
    }

    @Override
    public void close() {
        TaskContext$.MODULE$.unset();
        context.markTaskCompleted(Option.empty());
    }
}
