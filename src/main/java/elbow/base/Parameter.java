package elbow.base;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a user gives a run beside its configuration, as messages name it. Each face of Elbow has its own word for it: a
 * Java program the name, the command line a flag.
 *
 * @param name the API's word
 */
public record Parameter(String name) implements Serializable {
    /** Rows to read. */
    public static final Parameter INPUT = new Parameter("input");
    /** Format of the input. */
    public static final Parameter FORMAT = new Parameter("format");
    /** Version of the tables to read. */
    public static final Parameter VERSION_AS_OF = new Parameter("versionAsOf");
    /** Time of the version of the tables to read. */
    public static final Parameter TIMESTAMP_AS_OF = new Parameter("timestampAsOf");
    /** SQL condition on the rows. */
    public static final Parameter WHERE = new Parameter("where");
    /** Columns to read. */
    public static final Parameter SELECT = new Parameter("select");
    /** Column names of files without a header. */
    public static final Parameter COLUMNS = new Parameter("columns");
    /** Separator of values. */
    public static final Parameter DELIMITER = new Parameter("delimiter");
    /** Whether files start with a header line. */
    public static final Parameter HEADER = new Parameter("header");
    /** Prefix of comment lines. */
    public static final Parameter COMMENT = new Parameter("comment");
    /** Character encoding of text files. */
    public static final Parameter ENCODING = new Parameter("encoding");
    /** Whether numbers have a decimal comma. */
    public static final Parameter DECIMAL_COMMA = new Parameter("decimalComma");
    /** Thousands separator of numbers. */
    public static final Parameter THOUSANDS = new Parameter("thousands");
    /** Signs beside numbers to ignore, such as of a currency. */
    public static final Parameter NUMBER_SIGNS = new Parameter("numberSigns");
    /** Which rows are read, and in which format. */
    public static final List<Parameter> READING = List.of(
            INPUT,
            FORMAT,
            VERSION_AS_OF,
            TIMESTAMP_AS_OF,
            WHERE,
            SELECT,
            COLUMNS,
            DELIMITER,
            HEADER,
            COMMENT,
            ENCODING,
            DECIMAL_COMMA,
            THOUSANDS,
            NUMBER_SIGNS);
    /** Whether absent columns count as missing values. */
    public static final Parameter ABSENT_AS_MISSING = new Parameter("absentAsMissing");
    /** Whether files are read as they arrive. */
    public static final Parameter STREAM = new Parameter("stream");
    /** Directory in which a stream records what it has read. */
    public static final Parameter CHECKPOINT = new Parameter("checkpoint");
    /** How often a stream looks for new files. */
    public static final Parameter TRIGGER = new Parameter("trigger");
    /** Validation rows. */
    public static final Parameter VALIDATION = new Parameter("validation");
    /** Columns that are no features. */
    public static final Parameter IGNORE = new Parameter("ignore");
    /** Column and value of normal rows, the only ones to train on. */
    public static final Parameter NORMAL_ONLY = new Parameter("normalOnly");
    /** Rows to train on that are known to be anomalies. */
    public static final Parameter ANOMALIES = new Parameter("anomalies");
    /** Directory of the model. */
    public static final Parameter MODEL = new Parameter("model");
    /** Keystore with the key that signs a model. */
    public static final Parameter SIGN_WITH = new Parameter("signWith");
    /** Trust store with the certificates of those whose models are loaded. */
    public static final Parameter REQUIRE_SIGNATURE = new Parameter("requireSignature");
    /** Where results are written. */
    public static final Parameter OUTPUT = new Parameter("output");
    /** Format of the results. */
    public static final Parameter OUTPUT_FORMAT = new Parameter("outputFormat");
    /** What a write to a table calls itself. */
    public static final Parameter TRANSACTION = new Parameter("transaction");
    /** How CSV formulas are escaped. */
    public static final Parameter CSV_FORMULAS = new Parameter("csvFormulas");
    /** Directory for bad rows. */
    public static final Parameter QUARANTINE = new Parameter("quarantine");
    /** File for the results as JSON. */
    public static final Parameter JSON = new Parameter("json");
    /** Whether to replace existing results. */
    public static final Parameter OVERWRITE = new Parameter("overwrite");
    /** Whether to continue from a checkpoint. */
    public static final Parameter RESUME = new Parameter("resume");
    /** Input columns to keep beside the scores. */
    public static final Parameter KEPT = new Parameter("kept");
    /** Posterior samples per row. */
    public static final Parameter SAMPLES = new Parameter("samples");
    /** The anomaly score from which on a row is an anomaly. */
    public static final Parameter THRESHOLD = new Parameter("threshold");
    /** The share of the flagged rows that may be normal on average. */
    public static final Parameter FALSE_DISCOVERIES = new Parameter("falseDiscoveries");
    /** How many columns of a row are explained. */
    public static final Parameter EXPLAINED = new Parameter("explained");
    /** The column that says which rows are anomalies. */
    public static final Parameter LABEL = new Parameter("label");
    /** The two models to compare. */
    public static final Parameter COMPARE = new Parameter("compare");
    /** Synthetic rows. */
    public static final Parameter SYNTHETIC = new Parameter("synthetic");
    /** Real rows that no model was trained on. */
    public static final Parameter HOLDOUT = new Parameter("holdout");
    /** The column to predict from the others. */
    public static final Parameter TARGET = new Parameter("target");
    /** File for the report as HTML. */
    public static final Parameter REPORT = new Parameter("report");
    /** The first date of a batch, the first point of an interpolation, or the model that a training starts from. */
    public static final Parameter FROM = new Parameter("from");
    /** The last date of a batch. */
    public static final Parameter TO = new Parameter("to");
    /** How many rows to generate. */
    public static final Parameter ROWS = new Parameter("rows");
    /** Table of conditions to generate rows under. */
    public static final Parameter CONDITIONS_FROM = new Parameter("conditionsFrom");
    /** How many candidates the rows that fulfil a condition are chosen from. */
    public static final Parameter CANDIDATES = new Parameter("candidates");
    /** How many steps an interpolation has. */
    public static final Parameter STEPS = new Parameter("steps");
    /** Rows that latent arithmetic is applied to. */
    public static final Parameter APPLY = new Parameter("apply");
    /** Factor of the latent difference that is added. */
    public static final Parameter STRENGTH = new Parameter("strength");
    /** How many completed tables to make. */
    public static final Parameter IMPUTATIONS = new Parameter("imputations");
    /** Overrides of single settings. */
    public static final Parameter OVERRIDES = new Parameter("overrides");
    /** The call that calibrates a model anew. */
    public static final Parameter CALIBRATE = new Parameter("ReferenceScores.calibrate");
    /** The call that puts a version of a model in force. */
    public static final Parameter PROMOTE = new Parameter("ModelVersions.promote");

    /** The call that signs a model. */
    public static final Parameter SIGN = new Parameter("SigningKey.sign");

    /** The heap of an executor. */
    public static final Parameter EXECUTOR_MEMORY = new Parameter("spark.executor.memory");
    /** Memory of an executor beside its heap. */
    public static final Parameter MEMORY_OVERHEAD = new Parameter("spark.executor.memoryOverhead");
    /** The heap of the driver. */
    public static final Parameter DRIVER_MEMORY = new Parameter("spark.driver.memory");

    /** The API's word in small letters with hyphens, as command lines and configurations write words. */
    public String hyphenated() {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The API's word. */
    @Override
    public String toString() {
        return name;
    }
}
