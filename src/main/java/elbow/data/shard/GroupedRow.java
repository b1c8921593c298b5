package elbow.data.shard;

import elbow.data.encoding.EncodedRow;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.jspecify.annotations.Nullable;

/** A row on its way to its group: the rows of a group are sorted by side, then as {@link EncodedRow} sorts them. */
public final class GroupedRow implements Externalizable, Comparable<GroupedRow> {
    private static final long serialVersionUID = 1L;

    private int group;
    private boolean heldOut;
    private EncodedRow row = new EncodedRow();

    /** For deserialization only. */
    public GroupedRow() {}

    GroupedRow(int group, boolean heldOut, EncodedRow row) {
        this.group = group;
        this.heldOut = heldOut;
        this.row = row;
    }

    /** The number of its group. */
    int group() {
        return group;
    }

    /** Whether it is held out, or to train on. */
    boolean heldOut() {
        return heldOut;
    }

    EncodedRow row() {
        return row;
    }

    @Override
    public int compareTo(GroupedRow other) {
        int comparison = Integer.compare(group, other.group);
        if (comparison == 0) {
            comparison = Boolean.compare(heldOut, other.heldOut);
        }
        return comparison == 0 ? row.compareTo(other.row) : comparison;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof GroupedRow other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * group + row.hashCode();
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(group);
        out.writeBoolean(heldOut);
        row.writeExternal(out);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        group = in.readInt();
        heldOut = in.readBoolean();
        row.readExternal(in);
    }
}
