package elbow.job.console;

import static java.util.Map.entry;

import elbow.base.Parameter;
import java.util.Map;

/** The command line's words for the parameters that messages name. */
public final class Flags {
    private static final Map<Parameter, String> OTHERS = Map.ofEntries(
            entry(Parameter.ABSENT_AS_MISSING, "--absent-as-missing"),
            entry(Parameter.STREAM, "--stream"),
            entry(Parameter.CHECKPOINT, "--checkpoint"),
            entry(Parameter.TRIGGER, "--trigger"),
            entry(Parameter.VALIDATION, "--validation"),
            entry(Parameter.IGNORE, "--ignore"),
            entry(Parameter.NORMAL_ONLY, "--normal-only"),
            entry(Parameter.ANOMALIES, "--anomalies"),
            entry(Parameter.MODEL, "--model"),
            entry(Parameter.SIGN_WITH, "--sign-with"),
            entry(Parameter.REQUIRE_SIGNATURE, "--require-signature"),
            entry(Parameter.OUTPUT, "--output"),
            entry(Parameter.OUTPUT_FORMAT, "--output-format"),
            entry(Parameter.TRANSACTION, "--transaction"),
            entry(Parameter.CSV_FORMULAS, "--csv-formulas"),
            entry(Parameter.QUARANTINE, "--quarantine"),
            entry(Parameter.JSON, "--json"),
            entry(Parameter.OVERWRITE, "--overwrite"),
            entry(Parameter.RESUME, "--resume"),
            entry(Parameter.KEPT, "--keep"),
            entry(Parameter.SAMPLES, "--samples"),
            entry(Parameter.THRESHOLD, "--threshold"),
            entry(Parameter.FALSE_DISCOVERIES, "--false-discoveries"),
            entry(Parameter.EXPLAINED, "--explain"),
            entry(Parameter.LABEL, "--label"),
            entry(Parameter.COMPARE, "--compare"),
            entry(Parameter.SYNTHETIC, "--synthetic"),
            entry(Parameter.HOLDOUT, "--holdout"),
            entry(Parameter.TARGET, "--target"),
            entry(Parameter.REPORT, "--report"),
            entry(Parameter.FROM, "--from"),
            entry(Parameter.TO, "--to"),
            entry(Parameter.ROWS, "--rows"),
            entry(Parameter.CONDITIONS_FROM, "--conditions-from"),
            entry(Parameter.CANDIDATES, "--candidates"),
            entry(Parameter.STEPS, "--steps"),
            entry(Parameter.APPLY, "--apply"),
            entry(Parameter.STRENGTH, "--strength"),
            entry(Parameter.IMPUTATIONS, "--imputations"),
            entry(Parameter.OVERRIDES, "-D"),
            entry(Parameter.CALIBRATE, "elbow calibrate --model"),
            entry(Parameter.PROMOTE, "jobs/elbow promote --model"),
            entry(Parameter.SIGN, "elbow sign"),
            entry(Parameter.EXECUTOR_MEMORY, "--executor-memory"),
            entry(Parameter.MEMORY_OVERHEAD, "--conf spark.executor.memoryOverhead"),
            entry(Parameter.DRIVER_MEMORY, "SPARK_DRIVER_MEMORY"));

    private Flags() {}

    /** The flag of a parameter; keys of the configuration are called by their own names. */
    public static String of(Parameter parameter) {
        return Parameter.READING.contains(parameter)
                ? "--" + parameter.hyphenated()
                : OTHERS.getOrDefault(parameter, parameter.name());
    }
}
