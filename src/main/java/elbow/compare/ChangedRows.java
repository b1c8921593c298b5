package elbow.compare;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** The strangest rows of those that one model flags and the other does not, a bounded number of them. */
final class ChangedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As many are kept. */
    static final int MOST = 20;

    // The strangest first.
    private final List<ChangedRow> kept = new ArrayList<>();

    /** Takes in a row with that excess, which is made only if it is among the strangest so far. */
    void add(double excess, Supplier<ChangedRow> row) {
        if (kept.size() < MOST || excess >= kept.get(MOST - 1).excess()) {
            add(row.get());
        }
    }

    void merge(ChangedRows others) {
        others.kept.forEach(this::add);
    }

    private void add(ChangedRow row) {
        int found = Collections.binarySearch(kept, row);
        kept.add(found < 0 ? -found - 1 : found, row);
        if (kept.size() > MOST) {
            kept.remove(MOST);
        }
    }

    /** The strangest first. */
    List<ChangedRow> strangest() {
        return List.copyOf(kept);
    }
}
