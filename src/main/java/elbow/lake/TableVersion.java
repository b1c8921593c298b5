package elbow.lake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A version of a table.
 *
 * @param table its name, as the user has written it; of a path with its scheme
 * @param version number of the version; of Iceberg the id of the snapshot
 * @param committedAt when it was committed, as the table says
 */
public record TableVersion(String table, long version, Instant committedAt) {
    /** For people: "db.events, version 12 of 2026-11-30T06:00:00Z". */
    public String words() {
        return table + ", version " + version + " of " + committedAt;
    }

    /** Several in one line, for figures: "db.events@12, db.more@3"; empty if there are none. */
    public static Optional<String> listed(List<TableVersion> versions) {
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.stream()
                        .map(version -> version.table() + "@" + version.version())
                        .collect(Collectors.joining(", ")));
    }
}
