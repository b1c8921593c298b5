package elbow.model;

import elbow.base.Check;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.data.feature.FeatureLayout;
import elbow.data.reference.KeptColumn;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NearestRows.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code nearest.bin}, both ways: the training rows that a model keeps. Big-endian: "ELBN", the format's version, the
 * weight, the number of neighbours, the scale, rows and columns; of each row its nearness; of each column the length
 * and bytes of its name, its kind, centre and deviation, and its value in each row unless it has none.
 */
final class NearestRowsFile {
    private static final int MAGIC = 0x454C424E;
    private static final int FORMAT_VERSION = 1;
    // By the byte that stands for each.
    private static final List<Kind> KINDS = List.of(Kind.NONE, Kind.NUMBER, Kind.LEVEL, Kind.CATEGORY);

    private NearestRowsFile() {}

    static byte[] write(NearestRows nearest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeInt(MAGIC);
            output.writeInt(FORMAT_VERSION);
            output.writeDouble(nearest.weight());
            output.writeInt(nearest.neighbours());
            output.writeDouble(nearest.scale());
            output.writeInt(nearest.rows());
            output.writeInt(nearest.columns().size());
            write(nearest.nearness(), output);
            for (KeptColumn column : nearest.columns()) {
                byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
                output.writeInt(name.length);
                output.write(name);
                output.writeByte(KINDS.indexOf(column.kind()));
                output.writeFloat(column.centre());
                output.writeFloat(column.deviation());
                write(column.values(), output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return bytes.toByteArray();
    }

    private static void write(float[] values, DataOutputStream output) throws IOException {
        for (float value : values) {
            output.writeFloat(value);
        }
    }

    /** @throws DocumentException if the bytes are not what {@link #write} makes, of such columns */
    static NearestRows read(String document, byte[] bytes, FeatureLayout layout) {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Check.document(input.readInt() == MAGIC, document, "begin with ELBN", bytes.length + " other bytes");
            int version = input.readInt();
            Check.document(version == FORMAT_VERSION, document, "have format version " + FORMAT_VERSION, version);
            double weight = input.readDouble();
            int neighbours = input.readInt();
            double scale = input.readDouble();
            int rows = input.readInt();
            int columns = input.readInt();
            Check.document(columns == layout.features(), document, "have " + layout.features() + " columns", columns);
            float[] nearness = floats(document, rows, input);
            List<KeptColumn> read = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                read.add(column(document, rows, input));
            }
            Check.document(
                    input.available() == 0, document, "end after the last column", input.available() + " bytes longer");
            return new NearestRows(weight, neighbours, scale, nearness, read, layout);
        } catch (IOException e) {
            throw new DocumentException(document + " ends before its last value", e);
        } catch (IllegalArgumentException | ElbowException e) {
            throw e instanceof DocumentException known
                    ? known
                    : new DocumentException(document + ": " + e.getMessage(), e);
        }
    }

    private static KeptColumn column(String document, int rows, DataInputStream input) throws IOException {
        int length = input.readInt();
        Check.document(length >= 0 && length <= input.available(), document, "have names of possible lengths", length);
        String name = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        int kind = input.readUnsignedByte();
        Check.document(kind < KINDS.size(), document, "have known kinds of columns", kind);
        Kind known = KINDS.get(kind);
        float centre = input.readFloat();
        float deviation = input.readFloat();
        return new KeptColumn(name, known, centre, deviation, floats(document, known == Kind.NONE ? 0 : rows, input));
    }

    private static float[] floats(String document, int count, DataInputStream input) throws IOException {
        boolean fits = count >= 0 && (long) count * Float.BYTES <= input.available();
        Check.document(fits, document, "have as many rows as it says", count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = input.readFloat();
        }
        return values;
    }
}
