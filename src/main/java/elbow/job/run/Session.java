package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.Place;
import elbow.job.Main;
import elbow.job.console.Console;
import elbow.math.BlasChoice;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What a running command has at hand: Spark, started when it is first asked for, the console, and small files. */
public final class Session implements AutoCloseable {
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    private final Console console;
    private final String name;
    private @Nullable SparkSession spark;
    private boolean ownsSpark;

    public Session(Console console, String name) {
        this.console = console;
        this.name = name;
        // Some libraries log through the JDK, which would print to standard error.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Where the command prints. */
    public Console console() {
        return console;
    }

    /** The Spark session; spark-submit's settings win over those made here. */
    public synchronized SparkSession spark() {
        if (spark == null) {
            console.logFile().ifPresent(file -> console.note("Log: " + file));
            SparkConf settings = new SparkConf();
            settings.setIfMissing("spark.master", "local[*]");
            // spark-submit fills in the class where its user gave no name.
            if (settings.get("spark.app.name", Main.class.getName()).equals(Main.class.getName())) {
                settings.setAppName(name);
            }
            settings.setIfMissing("spark.ui.showConsoleProgress", "false");
            // A time without a zone means the same on every machine: the split hashes it, the scores carry it.
            settings.setIfMissing("spark.sql.session.timeZone", "UTC");
            // Parallelism comes from replicas: more BLAS threads than one per task only fight for the cores.
            settings.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
            // What is broadcast here are parameters, which do not compress.
            settings.setIfMissing("spark.broadcast.compress", "false");
            // A replica's result goes straight to the driver, which merges it at once; above Spark's message limit of
            // 128 MB it takes the way over the block manager.
            settings.setIfMissing("spark.task.maxDirectResultSize", "100m");
            // The results of a round are as many as there are replicas, each as large as the network: known beforehand,
            // and no reason to give a run up in its middle.
            settings.setIfMissing("spark.driver.maxResultSize", "0");
            // The JVM leaves longer methods to its interpreter: generated code for a table of some forty columns would
            // be one of them, and keeping all columns of it beside its scores take twice as long.
            settings.setIfMissing("spark.sql.codegen.hugeMethodLimit", "8000");
            BlasChoice.settle();
            String options = settings.get(EXECUTOR_OPTIONS, "");
            settings.set(EXECUTOR_OPTIONS, (options + " " + BlasChoice.jvmOption()).strip());
            // One that was there before, in a notebook or a test, is used and left running.
            ownsSpark = SparkSession.getDefaultSession().isEmpty();
            spark = SparkSession.builder().config(settings).getOrCreate();
        }
        return spark;
    }

    /**
     * The text of a small file on any Hadoop file system, in UTF-8.
     *
     * @throws ElbowException of category USAGE if it does not exist or cannot be read
     */
    public String readText(String uri) {
        try {
            return new String(place(uri).read(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new ElbowException(ErrorCategory.USAGE, "no such file: " + uri, e);
        } catch (IOException e) {
            throw new ElbowException(ErrorCategory.USAGE, "cannot read " + uri + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a small file on any Hadoop file system, in UTF-8; replaces it if it exists. In place, and not by a rename:
     * it may be a pipe.
     *
     * @throws ElbowException of category USAGE if it cannot be written
     */
    public void writeText(String uri, String text) {
        try {
            Place place = place(uri);
            try (OutputStream stream = place.files().create(place.path(), true)) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new ElbowException(ErrorCategory.USAGE, "cannot write " + uri + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (spark != null && ownsSpark) {
            spark.stop();
        }
        spark = null;
    }

    private synchronized Place place(String uri) throws IOException {
        Path path = new Path(uri);
        Configuration settings =
                spark == null ? new Configuration() : spark.sparkContext().hadoopConfiguration();
        return new Place(uri, path.getFileSystem(settings), path);
    }
}
