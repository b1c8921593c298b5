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
    /** How they are written. */
    public static final Parameter FORMAT = new Parameter("format");
    /** A condition on rows, in SQL. */
    public static final Parameter WHERE = new Parameter("where");
    /** Columns to read. */
    public static final Parameter SELECT = new Parameter("select");
    /** Names of the columns of files that do not say them. */
    public static final Parameter COLUMNS = new Parameter("columns");
    /** What stands between values. */
    public static final Parameter DELIMITER = new Parameter("delimiter");
    /** Whether files start with a line of names. */
    public static final Parameter HEADER = new Parameter("header");
    /** How lines start that are comments. */
    public static final Parameter COMMENT = new Parameter("comment");
    /** How texts are written in bytes. */
    public static final Parameter ENCODING = new Parameter("encoding");
    /** A comma before the decimals of numbers. */
    public static final Parameter DECIMAL_COMMA = new Parameter("decimalComma");
    /** What stands between groups of three digits. */
    public static final Parameter THOUSANDS = new Parameter("thousands");
    /** Signs around numbers that say nothing of them. */
    public static final Parameter NUMBER_SIGNS = new Parameter("numberSigns");
    /** What says which rows are read and how they are written: each face names every one in its own way. */
    public static final List<Parameter> READING = List.of(
            INPUT,
            FORMAT,
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
    /** Taking columns that are not there as missing. */
    public static final Parameter ABSENT_AS_MISSING = new Parameter("absentAsMissing");
    /** Reading files as they come. */
    public static final Parameter STREAM = new Parameter("stream");
    /** Where a stream remembers what it has read. */
    public static final Parameter CHECKPOINT = new Parameter("checkpoint");
    /** How often a stream looks for files. */
    public static final Parameter TRIGGER = new Parameter("trigger");
    /** Rows to validate on. */
    public static final Parameter VALIDATION = new Parameter("validation");
    /** Columns that are no features. */
    public static final Parameter IGNORE = new Parameter("ignore");
    /** A value that all rows to train on have. */
    public static final Parameter NORMAL_ONLY = new Parameter("normalOnly");
    /** Where a model is or is to be. */
    public static final Parameter MODEL = new Parameter("model");
    /** Where results are to be. */
    public static final Parameter OUTPUT = new Parameter("output");
    /** How results are written. */
    public static final Parameter OUTPUT_FORMAT = new Parameter("outputFormat");
    /** What becomes of texts in CSV that are formulas to a spreadsheet. */
    public static final Parameter CSV_FORMULAS = new Parameter("csvFormulas");
    /** Where bad rows are set aside. */
    public static final Parameter QUARANTINE = new Parameter("quarantine");
    /** A small file of the results. */
    public static final Parameter JSON = new Parameter("json");
    /** Replacing what is there. */
    public static final Parameter OVERWRITE = new Parameter("overwrite");
    /** Going on from a checkpoint. */
    public static final Parameter RESUME = new Parameter("resume");
    /** Columns of the input that the scores repeat. */
    public static final Parameter KEPT = new Parameter("kept");
    /** Posterior samples per row. */
    public static final Parameter SAMPLES = new Parameter("samples");
    /** The anomaly score from which on a row is an anomaly. */
    public static final Parameter THRESHOLD = new Parameter("threshold");
    /** How many columns of a row are explained. */
    public static final Parameter EXPLAINED = new Parameter("explained");
    /** The column that says which rows are anomalies. */
    public static final Parameter LABEL = new Parameter("label");
    /** Rows that stand for others. */
    public static final Parameter SYNTHETIC = new Parameter("synthetic");
    /** Real rows that no other ones were made from. */
    public static final Parameter HOLDOUT = new Parameter("holdout");
    /** The column that is learned from the others. */
    public static final Parameter TARGET = new Parameter("target");
    /** A page for people. */
    public static final Parameter REPORT = new Parameter("report");
    /** The first date of a batch. */
    public static final Parameter FROM = new Parameter("from");
    /** The last date of a batch. */
    public static final Parameter TO = new Parameter("to");
    /** How many rows are made. */
    public static final Parameter ROWS = new Parameter("rows");
    /** A table of the conditions under which rows are made. */
    public static final Parameter CONDITIONS_FROM = new Parameter("conditionsFrom");
    /** Draws that rows of a condition are taken from. */
    public static final Parameter CANDIDATES = new Parameter("candidates");
    /** Rows of a way from one row to another. */
    public static final Parameter STEPS = new Parameter("steps");
    /** Which rows are moved. */
    public static final Parameter APPLY = new Parameter("apply");
    /** How far rows are moved. */
    public static final Parameter STRENGTH = new Parameter("strength");
    /** How many completed tables are made. */
    public static final Parameter IMPUTATIONS = new Parameter("imputations");
    /** Single settings. */
    public static final Parameter OVERRIDES = new Parameter("overrides");
    /** What measures anew what is normal for a model. */
    public static final Parameter CALIBRATE = new Parameter("ReferenceScores.calibrate");
    /** The heap of an executor. */
    public static final Parameter EXECUTOR_MEMORY = new Parameter("spark.executor.memory");
    /** What an executor has beside its heap. */
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
