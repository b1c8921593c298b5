package elbow.data.infer;

import java.io.Serializable;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the number of distinct values, in a few kilobytes: HyperLogLog (Flajolet et al. 2007) by Apache
 * DataSketches, with a relative standard error of 1.6 %; exact for small numbers. The estimate does not depend on order
 * and partitioning.
 */
final class DistinctValues implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int LOG_2_OF_REGISTERS = 12;

    private byte @Nullable [] sealed;
    private transient @Nullable HllSketch sketch;

    /** Takes in a value, given by a number that other values do not have, or hardly. */
    void add(long value) {
        if (sketch == null) {
            sketch = new HllSketch(LOG_2_OF_REGISTERS);
        }
        sketch.update(value);
    }

    /** Makes this ready to travel. */
    void seal() {
        if (sketch != null) {
            sealed = sketch.toCompactByteArray();
            sketch = null;
        }
    }

    /** Takes in what another has counted; both are sealed, before and after. */
    void merge(DistinctValues other) {
        if (other.sealed == null) {
            return;
        }
        if (sealed == null) {
            sealed = other.sealed;
            return;
        }
        Union union = new Union(LOG_2_OF_REGISTERS);
        union.update(HllSketch.heapify(Memory.wrap(sealed)));
        union.update(HllSketch.heapify(Memory.wrap(other.sealed)));
        sealed = union.getResult().toCompactByteArray();
    }

    /** The estimate of a sealed count. */
    double estimate() {
        // Not getEstimate: before the first merge it is the HIP estimator, which depends on the order of the values.
        return sealed == null ? 0 : HllSketch.heapify(Memory.wrap(sealed)).getCompositeEstimate();
    }
}
