package example;

import static org.apache.spark.sql.functions.desc;

import elbow.ml.VariationalAutoencoder;
import elbow.ml.VariationalAutoencoderModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains on the rows of a CSV file and shows the five strangest of them. */
public final class StrangestRows {
    private StrangestRows() {}

    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        spark.sparkContext().setLogLevel("WARN");
        Dataset<Row> rows =
                spark.read().option("header", true).option("inferSchema", true).csv(arguments[0]);
        VariationalAutoencoderModel model = new VariationalAutoencoder()
                .setIgnoredCols("label")
                .setEpochs(2)
                .fit(rows);
        System.out.println(model.summary());
        model.transform(rows)
                .orderBy(desc("anomaly_score"))
                .select("label", "elbo", "anomaly_score")
                .show(5);
        spark.stop();
    }
}
