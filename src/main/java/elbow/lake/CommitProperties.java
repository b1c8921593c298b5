package elbow.lake;

import elbow.base.RunId;
import elbow.base.Secrets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a commit of scores says of itself beside its transaction, for whoever looks at the history of a table. */
public final class CommitProperties {
    private CommitProperties() {}

    /**
     * The model, this run, and the versions of tables that were scored, by name.
     *
     * @param modelId 12 hex digits
     * @param read versions of the tables that were read; none of files
     * @return a map of its own, for more to be added
     */
    public static SortedMap<String, String> of(String modelId, List<TableVersion> read) {
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put("elbow.model", modelId);
        properties.put("elbow.run", RunId.ofProcess());
        TableVersion.listed(read).ifPresent(versions -> properties.put("elbow.input", Secrets.mask(versions)));
        return properties;
    }
}
