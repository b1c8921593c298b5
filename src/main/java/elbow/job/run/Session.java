package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.base.RunId;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import elbow.fit.SparkSettings;
import elbow.job.cluster.ExecutorWatch;
import elbow.job.console.Console;
import elbow.job.console.Figures;
import elbow.signature.RequiredSignature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What a running command has at hand: Spark, started when it is first asked for, the console, and small files. */
public final class Session implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

    // Spark's name for an application that its master has given none.
    private static final String NOT_REGISTERED = "spark-application-";

    private final Console console;
    private final Stop stop;
    private final String name;
    private final String mainClass;
    private @Nullable SparkSession spark;
    private @Nullable ExecutorWatch watch;
    private boolean ownsSpark;
    private Optional<String> requiredBefore = Optional.empty();
    private boolean requires;

    /**
     * A session that has not been asked for Spark yet.
     *
     * @param stop says when to end
     * @param name of the application, if its user gives none
     * @param mainClass the program's main class
     */
    public Session(Console console, Stop stop, String name, Class<?> mainClass) {
        this.console = console;
        this.stop = stop;
        this.name = name;
        this.mainClass = mainClass.getName();
        // Some libraries log through the JDK, which would print to standard error.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LOGGER.info("{} begins as {}", name, RunId.ofProcess());
    }

    /** Where the command prints. */
    public Console console() {
        return console;
    }

    /** Whether the process is to end. */
    Stop stop() {
        return stop;
    }

    /**
     * The Spark session; spark-submit's settings win over those made here.
     *
     * @throws ElbowException of category PLATFORM if no master has taken the application; of category USAGE if a
     *     setting of Elbow's among Spark's is wrong
     */
    public synchronized SparkSession spark() {
        if (spark == null) {
            console.logFile().ifPresent(file -> console.note("Log: " + file));
            SparkConf settings = new SparkConf();
            settings.setIfMissing("spark.master", "local[*]");
            // spark-submit fills in the class where its user gave no name.
            if (settings.get("spark.app.name", mainClass).equals(mainClass)) {
                settings.setAppName(name);
            }
            settings.setIfMissing("spark.ui.showConsoleProgress", "false");
            SparkSettings.recommend(settings);
            Optional<Duration> mostWait = ExecutorWatch.most(settings);
            // One that was there before, in a notebook or a test, is used and left running.
            ownsSpark = SparkSession.getDefaultSession().isEmpty();
            spark = SparkSession.builder().config(settings).getOrCreate();
            // By which the logs of executors are found.
            LOGGER.info(
                    "{} is Spark's {}", RunId.ofProcess(), spark.sparkContext().applicationId());
            requireMaster(spark.sparkContext().master(), spark.sparkContext().applicationId());
            if (ownsSpark) {
                stop.listen(spark);
                watch = ExecutorWatch.over(spark.sparkContext(), mostWait, console);
            }
        }
        return spark;
    }

    // Spark goes on for some seconds without one, and then fails at whatever it is at.
    static void requireMaster(String master, String applicationId) {
        if (master.startsWith("spark:") && applicationId.startsWith(NOT_REGISTERED)) {
            throw new ElbowException(
                    ErrorCategory.PLATFORM,
                    "the cluster could not do the work: no master at " + master + " has taken the application: none"
                            + " answers there, or it asks for another spark.authenticate.secret");
        }
    }

    /**
     * Lets the command load no model but signed ones, as {@link RequiredSignature} says, beside what the site asks for.
     *
     * @throws ElbowException of category USAGE if there is no such trust store
     */
    public synchronized void requireSignature(String store) {
        Configuration hadoop = spark().sparkContext().hadoopConfiguration();
        requiredBefore = Optional.ofNullable(hadoop.get(RequiredSignature.KEY));
        requires = true;
        RequiredSignature.add(store, hadoop);
    }

    /**
     * The text of a small file on any Hadoop file system, in UTF-8.
     *
     * @param option name of the parameter that names the file, for messages
     * @throws ElbowException of category USAGE if it does not exist; as {@link StorageFailure} says if it cannot be
     *     read
     */
    public String readText(String option, String uri) {
        try {
            return new String(place(option, uri).read(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new ElbowException(ErrorCategory.USAGE, "no such file: " + uri, e);
        } catch (IOException e) {
            throw StorageFailure.of("read " + uri, e);
        }
    }

    /**
     * Writes a small file on any Hadoop file system, in UTF-8; replaces it if it exists. In place, and not by a rename:
     * it may be a pipe.
     *
     * @param option name of the parameter that names the file, for messages
     * @throws ElbowException of category USAGE if there can be no such file; as {@link StorageFailure} says if it
     *     cannot be written
     */
    public void writeText(String option, String uri, String text) {
        try {
            Place place = place(option, uri);
            try (OutputStream stream = place.files().create(place.path(), true)) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (FileNotFoundException | FileAlreadyExistsException | ParentNotDirectoryException e) {
            // A directory, or a file where a directory is to be.
            throw new ElbowException(
                    ErrorCategory.USAGE, uri + " must name a file, but cannot be written: " + Message.firstLine(e), e);
        } catch (IOException e) {
            throw StorageFailure.of("write " + uri, e);
        }
    }

    /**
     * Writes figures as JSON, with the id of the run.
     *
     * @throws ElbowException as {@link #writeText} does
     */
    void writeJson(String uri, Figures figures) {
        writeText(
                Parameter.JSON.name(),
                uri,
                new Figures().with(figures).add("run", RunId.ofProcess()).toJson());
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
        if (spark != null && ownsSpark) {
            spark.stop();
        } else if (spark != null && requires) {
            // The session goes on with other work.
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            requiredBefore.ifPresentOrElse(
                    stores -> hadoop.set(RequiredSignature.KEY, stores), () -> hadoop.unset(RequiredSignature.KEY));
        }
        spark = null;
    }

    private synchronized Place place(String option, String uri) {
        Configuration settings =
                spark == null ? new Configuration() : spark.sparkContext().hadoopConfiguration();
        return Place.of(option, uri, ErrorCategory.USAGE, settings);
    }
}
