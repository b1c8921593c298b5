package elbow.model;

import elbow.base.Check;
import elbow.base.Secrets;
import elbow.lake.TableVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code manifest.json}: what the model is, what it was made from and by what, and the digest of every other file of
 * its directory. It is written last: a directory without one is not a model.
 *
 * @param formatVersion version of the directory's layout and of the formats in it
 * @param modelId the first 12 hex digits of the SHA-256 over encoder and network
 * @param createdAt when training ended
 * @param network the layer sizes in words, "784-512-20-512-784"
 * @param parameters how many parameters the network has
 * @param seed of the split, the shards, the initial parameters and all noise
 * @param anomalyScoreVersion version of the formulas by which anomaly scores follow, at least 1: the model's thresholds
 *     and normal parts were measured by it; 1 if the model does not say
 * @param versions of what made the model, by name; under "run" the id of the process, as its log has it
 * @param settings every configuration key with the value that was in force; secrets in it are masked
 * @param data what it was trained on
 * @param training how it went
 * @param files SHA-256 in hex of every other file, by name
 */
public record Manifest(
        int formatVersion,
        String modelId,
        Instant createdAt,
        String network,
        long parameters,
        long seed,
        int anomalyScoreVersion,
        Map<String, String> versions,
        Map<String, String> settings,
        DataSummary data,
        TrainingSummary training,
        Map<String, String> files) {
    /** The version of a directory with one network. */
    public static final int FORMAT_VERSION = 1;

    /**
     * The version of a directory whose groups have networks of their own: builds that do not know them refuse it, and
     * do not score all rows by the pooled one.
     */
    public static final int GROUPS_FORMAT_VERSION = 2;

    public Manifest {
        settings = settings.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        setting -> Secrets.mask(setting.getValue()),
                        (one, other) -> one,
                        LinkedHashMap::new));
        int expected = formatVersion(files);
        Check.argument(formatVersion == expected, "formatVersion", "be " + expected + " for its files", formatVersion);
        requireModelId("modelId", modelId);
        Check.argument(anomalyScoreVersion >= 1, "anomalyScoreVersion", "be at least 1", anomalyScoreVersion);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Check.argument(
                    file.getKey().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*"),
                    "name in files",
                    "be a plain file name",
                    file.getKey());
            Check.argument(
                    file.getValue().matches("[0-9a-f]{64}"),
                    "digest of " + file.getKey(),
                    "be 64 hex digits",
                    file.getValue());
        }
    }

    /** Requires that a text is the id of a model, as far as its form tells. */
    static void requireModelId(String name, String text) {
        Check.argument(text.matches("[0-9a-f]{12}"), name, "be 12 hex digits", text);
    }

    /** The version of a directory with such files. */
    public static int formatVersion(Map<String, String> files) {
        return files.containsKey(GroupNetworks.INDEX) ? GROUPS_FORMAT_VERSION : FORMAT_VERSION;
    }

    /**
     * What a model was trained on.
     *
     * @param inputs the inputs as they were named, but for secrets
     * @param format how they were read
     * @param trainingRows rows the network learned from
     * @param validationRows rows held out from them by the split
     * @param fingerprint 16 hex digits that depend on the content of all rows and not on their order
     * @param tables the versions of tables that were read, one for each input; none of other inputs
     */
    public record DataSummary(
            List<String> inputs,
            String format,
            long trainingRows,
            long validationRows,
            String fingerprint,
            List<TableVersion> tables) {
        /** Of inputs without versions. */
        public DataSummary(
                List<String> inputs, String format, long trainingRows, long validationRows, String fingerprint) {
            this(inputs, format, trainingRows, validationRows, fingerprint, List.of());
        }

        public DataSummary {
            tables = tables.stream()
                    .map(table -> new TableVersion(Secrets.mask(table.table()), table.version(), table.committedAt()))
                    .toList();
            Check.argument(trainingRows >= 0, "trainingRows", "be at least 0", trainingRows);
            Check.argument(validationRows >= 0, "validationRows", "be at least 0", validationRows);
            inputs = inputs.stream().map(Secrets::mask).toList();
        }
    }

    /**
     * How a training went. ELBO and its terms are means over the held-out rows, in nats per row of the original
     * columns, higher is better.
     *
     * @param master which training master drove the replicas
     * @param replicas how many were averaged
     * @param epochs passes over the training rows
     * @param steps minibatches that each replica made
     * @param averagingFrequency minibatches of a replica between two averagings; 0 if the model does not say
     * @param replicasLeftOut replicas left out of a mean because they were no longer finite, over all rounds
     * @param seconds from the first round to the last, in seconds
     * @param examplesPerSecond rows per second of all replicas together
     * @param elboBefore of the untrained network
     * @param elbo of the trained network
     * @param reconstruction its reconstruction term
     * @param kl its KL divergence from posterior to prior
     * @param activeUnits latent dimensions that carry information
     */
    public record TrainingSummary(
            String master,
            int replicas,
            int epochs,
            long steps,
            int averagingFrequency,
            long replicasLeftOut,
            double seconds,
            double examplesPerSecond,
            double elboBefore,
            double elbo,
            double reconstruction,
            double kl,
            int activeUnits) {}
}
