package elbow.ml;

import elbow.SharedSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Small tables, and an estimator that is soon through with them. */
final class SmallRows {
    private SmallRows() {}

    /** 300 rows: a number to tell them by, numbers, a category, a truth value, a day, a count. */
    static Dataset<Row> mixed() {
        return SharedSpark.session()
                .sql("SELECT id, 10 + sin(id) AS a, cos(id * 7) * 3 AS b,"
                        + " element_at(array('red', 'green', 'blue'), cast(id % 3 AS int) + 1) AS colour,"
                        + " id % 2 = 0 AS even, date_add(DATE'2026-01-01', cast(id % 90 AS int)) AS day,"
                        + " cast(id % 7 AS int) AS visits FROM range(0, 300, 1, 2)");
    }

    /** 400 rows of eight numbers that two hidden ones make: the first four are the one, the others the other. */
    static Dataset<Row> twoFactors() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append(i < 4 ? "first" : "second")
                    .append(" + 0.2 * randn(")
                    .append(10 + i)
                    .append(") AS x")
                    .append(i);
        }
        return SharedSpark.session()
                .sql("SELECT " + columns
                        + " FROM (SELECT randn(1) AS first, randn(2) AS second FROM range(0, 400, 1, 2))")
                .cache();
    }

    /** Quick: one replica, few epochs, a small network. */
    static VariationalAutoencoder quick() {
        return new VariationalAutoencoder()
                .setReplicas(1)
                .setBatchSize(32)
                .setEpochs(6)
                .setMeasureEvery(60)
                .setEncoderSizes(16)
                .setLatentSize(2);
    }
}
