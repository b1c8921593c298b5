package elbow.data.reference;

import elbow.base.Check;
import elbow.data.feature.Categories;
import elbow.data.reference.NearestRows.Kind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The values of one column in the rows that a model keeps: see {@link NearestRows}. */
public final class KeptColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Kind kind;
    private final float centre;
    private final float deviation;
    // In a gap 0, and -1 of categories.
    private final float[] kept;
    // 1 in a gap of a number or level, else 0; null: there is none.
    private final float @Nullable [] gaps;
    // Of each code that a kept row has; of categories alone.
    private final float[] shares;

    /**
     * @param centre what is taken off an encoded number or a level's place
     * @param deviation what the difference is divided by; of categories the squared distance of codes that differ
     * @param values of each kept row, after that; codes of categories as they are; NaN for a gap; none of kind NONE
     */
    public KeptColumn(String name, Kind kind, float centre, float deviation, float[] values) {
        Check.argument(Float.isFinite(centre), "centre of " + name, "be finite", centre);
        Check.argument(
                deviation > 0 && Float.isFinite(deviation), "deviation of " + name, "be finite and above 0", deviation);
        this.name = name;
        this.kind = kind;
        this.centre = centre;
        this.deviation = deviation;
        boolean isCategory = kind == Kind.CATEGORY;
        kept = values.clone();
        float[] missing = new float[values.length];
        boolean complete = true;
        for (int row = 0; row < values.length; row++) {
            float value = values[row];
            boolean fits = !Float.isInfinite(value)
                    && (!isCategory || Float.isNaN(value) || (value >= 0 && value == Math.rint(value)));
            Check.argument(fits, "values of " + name, "be " + (isCategory ? "codes" : "finite") + " or NaN", value);
            if (Float.isNaN(value)) {
                kept[row] = isCategory ? -1 : 0;
                missing[row] = 1;
                complete = false;
            }
        }
        gaps = complete || isCategory ? null : missing;
        shares = isCategory ? shares(kept) : new float[0];
    }

    private static float[] shares(float[] codes) {
        int largest = -1;
        int found = 0;
        for (float code : codes) {
            largest = Math.max(largest, (int) code);
            found += code < 0 ? 0 : 1;
        }
        float[] shares = new float[largest + 1];
        for (float code : codes) {
            if (code >= 0) {
                shares[(int) code] += 1f / found;
            }
        }
        return shares;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** What is taken off an encoded number or a level's place. */
    public float centre() {
        return centre;
    }

    /** What the difference is divided by; of categories the squared distance of codes that differ. */
    public float deviation() {
        return deviation;
    }

    /** Of each kept row; NaN for a gap. */
    public float[] values() {
        float[] values = kept.clone();
        for (int row = 0; row < values.length; row++) {
            boolean isGap = kind == Kind.CATEGORY ? kept[row] < 0 : gaps != null && gaps[row] == 1;
            values[row] = isGap ? Float.NaN : kept[row];
        }
        return values;
    }

    /** Of one kept row; 0 for a gap. */
    public float keptNumber(int row) {
        return kept[row];
    }

    /**
     * The squared distance of a value from that of a kept row.
     *
     * @param value a code, or a number or level's place less the centre, over the deviation
     */
    public float difference(float value, int row) {
        if (kind == Kind.CATEGORY) {
            return kept[row] == value ? 0 : kept[row] < 0 ? differingFromAny((int) value) : deviation;
        }
        float difference = value - kept[row];
        return difference * difference + (gaps == null ? 0 : gaps[row]);
    }

    /** One above the largest code that a kept row has; 0 of numbers and levels. */
    int codes() {
        return shares.length;
    }

    float[] kept() {
        return kept;
    }

    void addCodes(float code, float[] target) {
        DistanceLoops.addCodes(code, deviation, differingFromAny((int) code), kept, target);
    }

    boolean hasGaps() {
        return gaps != null;
    }

    void addGaps(float[] target) {
        if (gaps != null) {
            DistanceLoops.add(gaps, target);
        }
    }

    // On average over the kept rows that have one.
    private float differingFromAny(int code) {
        return deviation * (1 - (code < shares.length ? shares[code] : 0));
    }

    /** What an encoded value is to distances. */
    float value(float[] encoded, int place, int width) {
        if (kind == Kind.CATEGORY) {
            return Categories.largest(encoded, place, width);
        }
        float value = kind == Kind.LEVEL ? Categories.largest(encoded, place, width) : encoded[place];
        return Math.max(-NearestRows.FARTHEST, Math.min(NearestRows.FARTHEST, (value - centre) / deviation));
    }
}
