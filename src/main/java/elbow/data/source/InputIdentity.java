package elbow.data.source;

import elbow.base.Digests;
import elbow.data.listing.InputFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/** What tells the rows of a request from those of others, without a look at them. */
public final class InputIdentity {
    private InputIdentity() {}

    /**
     * 64 hex digits that depend on the versions of tables, or on names, lengths and times of files, and on how they are
     * read.
     *
     * @return empty for tables that say no version
     * @throws elbow.base.ElbowException as {@link DataReader#read} does
     */
    public static Optional<String> of(SparkSession spark, ReadRequest request) {
        TreeSet<String> parts = new TreeSet<>();
        if (request.format().isOfTables()) {
            // A table that was dropped and made anew counts its versions from the beginning.
            request.versions()
                    .forEach(version ->
                            parts.add(version.table() + "\t" + version.version() + "\t" + version.committedAt()));
            if (parts.isEmpty()) {
                return Optional.empty();
            }
        } else {
            InputFiles.resolve(request.inputs(), spark.sessionState().newHadoopConf())
                    .listed()
                    .forEach(file -> parts.add(file.path() + "\t" + file.size() + "\t" + file.modified()));
        }
        MessageDigest digest = Digests.sha256();
        String how = String.join(
                "\n",
                request.format().name(),
                request.where().orElse(""),
                String.join(",", request.select()),
                request.csv().toString(),
                request.absent().name());
        digest.update((how + "\n" + String.join("\n", parts)).getBytes(StandardCharsets.UTF_8));
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }
}
