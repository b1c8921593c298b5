package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;

/** What notes call {@code z}, as far as they use it. Public, as the shell's code is in no package. */
public final class ShownTables {
    private final List<Dataset<?>> shown = new ArrayList<>();

    /** Takes a table that a note shows, and computes its rows. */
    public void show(Object table) {
        Dataset<?> rows = (Dataset<?>) table;
        assertThat(rows.collectAsList()).isNotEmpty();
        shown.add(rows);
    }

    /** How many were shown since the last time. */
    int take() {
        int count = shown.size();
        shown.clear();
        return count;
    }
}
