package elbow.data.text;

import elbow.data.table.Columns;
import elbow.data.table.Keys;
import elbow.data.table.Markers;
import elbow.data.table.NumberStyle;
import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A column of Spark, and what of a CSV record it is made of. */
public abstract sealed class CsvColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String FINITE = "a finite number";

    private final StructField field;

    CsvColumn(String name, DataType type, Metadata metadata) {
        field = new StructField(name, type, true, metadata);
    }

    public final StructField field() {
        return field;
    }

    /**
     * Puts the value of a record into a row.
     *
     * @param row null in every place so far
     * @throws elbow.base.BadValueException if the record has a value that the column cannot have
     */
    abstract void write(CsvRecord record, InternalRow row, int place);

    /**
     * Looks at the value of a record.
     *
     * @throws elbow.base.BadValueException if the column cannot have it
     */
    void check(CsvRecord record) {
        // Most columns can have any value.
    }

    /** A value as it stands in the file. */
    public static final class Exact extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final CsvColumn meaning;

        /** @param meaning the same to a model, which a value that it refuses is bad for */
        public Exact(String name, int index, CsvColumn meaning) {
            super(name, DataTypes.StringType, Columns.untyped());
            this.index = index;
            this.meaning = meaning;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            meaning.check(record);
            UTF8String text = record.parser().exact(index);
            if (text != null) {
                row.update(place, text);
            }
        }
    }

    /** A value of the kind that all values of the column have. */
    public static final class Typed extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final TextKind kind;
        private final NumberStyle numbers;

        public Typed(String name, int index, ColumnKind found, NumberStyle numbers) {
            super(name, found.kind().type(), found.padded() ? Columns.untypedPadded() : Columns.untyped());
            this.index = index;
            this.kind = found.kind();
            this.numbers = numbers;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            CsvParser parser = record.parser();
            if (kind == TextKind.TEXT || kind == TextKind.NONE || !numbers.isPlain()) {
                UTF8String text = styled(parser.text(index), numbers);
                if (text != null) {
                    byte[] bytes = text.getBytes();
                    set(row, place, kind.value(bytes, 0, bytes.length));
                }
            } else {
                set(row, place, kind.value(parser.bytes(), parser.from(index), parser.to(index)));
            }
        }

        private void set(InternalRow row, int place, @Nullable Object value) {
            if (value instanceof Double number) {
                row.setDouble(place, number);
            } else if (value instanceof Integer number) {
                row.setInt(place, number);
            } else if (value instanceof Long number) {
                row.setLong(place, number);
            } else if (value != null) {
                row.update(place, value);
            }
        }
    }

    /** A number to a model that knows it; texts that stand for no value are none. */
    public static final class Numbers extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final boolean truths;
        private final Markers markers;
        private final NumberStyle numbers;

        public Numbers(String name, int index, boolean truths, Markers markers, NumberStyle numbers) {
            super(name, DataTypes.DoubleType, Columns.untyped());
            this.index = index;
            this.truths = truths;
            this.markers = markers;
            this.numbers = numbers;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            double number = number(record);
            if (!Double.isNaN(number) && !markers.contains(number)) {
                row.setDouble(place, number);
            }
        }

        @Override
        void check(CsvRecord record) {
            number(record);
        }

        private double number(CsvRecord record) {
            CsvParser parser = record.parser();
            int from = parser.from(index);
            int to = parser.to(index);
            if (from == to) {
                return Double.NaN;
            }
            double number = numbers.isPlain() ? NumberText.parse(parser.bytes(), from, to) : Double.NaN;
            return Double.isNaN(number) ? other(Objects.requireNonNull(parser.text(index))) : number;
        }

        private double other(UTF8String text) {
            if (markers.contains(text)) {
                return Double.NaN;
            }
            String word = text.toString().strip();
            double number = NumberText.parse(numbers.plain(word));
            if (Double.isNaN(number) && truths) {
                number = NumberText.truth(word);
            }
            if (Double.isNaN(number)) {
                throw Markers.refused(word, field().name(), truths ? "0 or 1, as in training," : FINITE);
            }
            return number;
        }
    }

    /** A point in time to a model that knows it. */
    public static final class Times extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final TimeFormat format;
        private final Markers markers;

        public Times(String name, int index, TimeFormat format, Markers markers) {
            super(name, DataTypes.TimestampType, Columns.untyped());
            this.index = index;
            this.format = format;
            this.markers = markers;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            long micros = micros(record);
            if (micros != TimeFormat.NONE) {
                row.setLong(place, micros);
            }
        }

        @Override
        void check(CsvRecord record) {
            micros(record);
        }

        private long micros(CsvRecord record) {
            UTF8String text = record.parser().text(index);
            if (text == null || markers.contains(text)) {
                return TimeFormat.NONE;
            }
            String word = text.toString().strip();
            long micros = format.micros(word);
            if (micros == TimeFormat.NONE) {
                throw Markers.refused(word, field().name(), "a time such as " + format.pattern());
            }
            return micros;
        }
    }

    /** A text to a model that knows it, or to whoever looks for what it is. */
    public static final class Texts extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final NumberStyle numbers;

        public Texts(String name, int index, NumberStyle numbers) {
            super(name, DataTypes.StringType, Columns.untyped());
            this.index = index;
            this.numbers = numbers;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            UTF8String text = styled(record.parser().text(index), numbers);
            if (text != null) {
                row.update(place, text);
            }
        }
    }

    /** A part of the file's path. */
    public static final class OfPath extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final int part;
        private final TextKind kind;

        public OfPath(String name, int part, TextKind kind) {
            super(name, kind.type(), kind == TextKind.TEXT ? Columns.untyped() : Metadata.empty());
            this.part = part;
            this.kind = kind;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            Object value = value(record.partitions());
            if (value != null) {
                row.update(place, value);
            }
        }

        /** @param partitions values of the file's directories */
        @Nullable
        Object value(List<String> partitions) {
            String text = partitions.get(part);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return text.equals(InputPartitions.NO_VALUE) ? null : kind.value(bytes, 0, bytes.length);
        }
    }

    /** A mark of the row: its file, or what is wrong with it. */
    public static final class Mark extends CsvColumn {
        private static final long serialVersionUID = 1L;

        private final CsvRecord.Part part;

        public Mark(String name, CsvRecord.Part part) {
            super(name, DataTypes.StringType, Keys.metadata());
            this.part = part;
        }

        @Override
        void write(CsvRecord record, InternalRow row, int place) {
            // Once all values are there: one of them may be what is wrong.
        }

        CsvRecord.Part part() {
            return part;
        }
    }

    private static @Nullable UTF8String styled(@Nullable UTF8String text, NumberStyle numbers) {
        return text == null || numbers.isPlain() ? text : UTF8String.fromString(numbers.plain(text.toString()));
    }
}
