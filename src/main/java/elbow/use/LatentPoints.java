package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.UserSql;
import elbow.math.ExactSum;
import elbow.use.LatentEncoding.Form;
import elbow.use.LatentEncoding.Moments;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Means of the posteriors of the rows that a condition names. */
final class LatentPoints {
    private LatentPoints() {}

    /** The rows that fulfil a condition in SQL. */
    static Dataset<Row> where(Dataset<Row> rows, Parameter parameter, String condition) {
        return UserSql.checked(
                () -> rows.where(condition),
                fault -> Message.of(
                        parameter,
                        " must be a condition in SQL on the input's columns, but is " + condition + ": " + fault));
    }

    /**
     * The mean of the posterior means of the rows that fulfil a condition: to the bit the same for any order and
     * partitioning.
     *
     * @throws ElbowException of category USAGE if there is no such row
     */
    static float[] mean(Dataset<Row> rows, UsedModel model, Parameter parameter, String condition, long seed) {
        Dataset<Row> latents = encoded(where(rows, parameter, condition), model, List.of(), seed);
        int size = model.latentSize();
        List<Sums> parts =
                latents.toJavaRDD().mapPartitions(part -> sums(part, size)).collect();
        Sums all = new Sums(size);
        parts.forEach(all::merge);
        if (all.count == 0) {
            throw refused(parameter, " must be a condition that some rows fulfil, but none does: " + condition);
        }
        float[] mean = new float[size];
        for (int i = 0; i < size; i++) {
            mean[i] = (float) all.sums[i].mean(all.count);
        }
        return mean;
    }

    /**
     * A row in the latent space.
     *
     * @param mean of its posterior
     * @param conditions the values of the model's conditions, in their order
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Point(float[] mean, Row conditions) {}

    /**
     * The only row that fulfils a condition.
     *
     * @throws ElbowException of category USAGE unless there is just one
     */
    static Point one(Dataset<Row> rows, UsedModel model, Parameter parameter, String condition, long seed) {
        List<String> given = model.conditions();
        List<Row> found =
                encoded(where(rows, parameter, condition), model, given, seed).takeAsList(2);
        if (found.size() != 1) {
            throw refused(
                    parameter,
                    " must be a condition that one row fulfils, but " + (found.isEmpty() ? "none does: " : "more do: ")
                            + condition);
        }
        float[] mean = new float[model.latentSize()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) found.get(0).getDouble(given.size() + i);
        }
        @Nullable Object[] conditions = new @Nullable Object[given.size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = found.get(0).get(i);
        }
        return new Point(mean, RowFactory.create(conditions));
    }

    private static Dataset<Row> encoded(Dataset<Row> rows, UsedModel model, List<String> kept, long seed) {
        return LatentEncoding.encode(rows, model, new LatentEncoding.Plan(kept, Form.COLUMNS, Moments.MEAN, seed));
    }

    private static Iterator<Sums> sums(Iterator<Row> rows, int size) {
        Sums sums = new Sums(size);
        while (rows.hasNext()) {
            Row row = rows.next();
            sums.count++;
            for (int i = 0; i < size; i++) {
                sums.sums[i].add(row.getDouble(i));
            }
        }
        for (ExactSum sum : sums.sums) {
            sum.seal();
        }
        return Collections.singletonList(sums).iterator();
    }

    private static ElbowException refused(Parameter parameter, String rule) {
        return new ElbowException(ErrorCategory.USAGE, Message.of(parameter, rule));
    }

    private static final class Sums implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        final ExactSum[] sums;
        long count;

        Sums(int size) {
            sums = new ExactSum[size];
            for (int i = 0; i < size; i++) {
                sums[i] = new ExactSum();
            }
        }

        void merge(Sums other) {
            count += other.count;
            for (int i = 0; i < sums.length; i++) {
                sums[i].merge(other.sums[i]);
            }
        }
    }
}
