package elbow.job.command;

import elbow.data.table.Label;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code COL} or {@code COL=VALUE}. */
final class LabelConverter implements ITypeConverter<Label> {
    @Override
    public Label convert(String text) {
        int equals = text.indexOf('=');
        if (text.isBlank() || equals == 0) {
            throw new TypeConversionException("must have the form COL or COL=VALUE, but is '" + text + "'");
        }
        return equals < 0 ? Label.of(text) : Label.of(text.substring(0, equals), text.substring(equals + 1));
    }
}
