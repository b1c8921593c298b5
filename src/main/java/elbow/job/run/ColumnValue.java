package elbow.job.run;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A column and a value it may have.
 *
 * @param column name of the column
 * @param value the value, as text
 */
public record ColumnValue(String column, String value) {
    /** What the user wrote: {@code COL=VALUE}. */
    @Override
    public String toString() {
        return column + "=" + value;
    }

    /** Reads {@code COL=VALUE}. */
    public static final class Converter implements ITypeConverter<ColumnValue> {
        @Override
        public ColumnValue convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException("must have the form COL=VALUE, but is '" + text + "'");
            }
            return new ColumnValue(text.substring(0, equals), text.substring(equals + 1));
        }
    }
}
