package elbow.data.text;

import elbow.data.table.NumberText;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/** Looks through all records for what holds the values of each column. */
public final class CsvTypes implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Behind the name of a kind: some values have zeros before them. */
    private static final String PADDED = "+";

    private final CsvFormat format;
    private final boolean[] asked;
    private final boolean[] texts;

    private CsvTypes(CsvFormat format, boolean[] asked, boolean[] texts) {
        this.format = format;
        this.asked = asked;
        this.texts = texts;
    }

    /**
     * The kind of each column, in the order of the names; of those that are not asked for, TEXT. Records of a wrong
     * form are passed over: whoever reads the rows meets them.
     *
     * @param texts columns of which nothing may be lost, not even how a value is written
     */
    public static List<ColumnKind> of(
            JavaRDD<byte[]> chunks, CsvFormat format, Set<String> asked, Set<String> texts, Configuration hadoop) {
        boolean[] looked = among(format, asked);
        CsvTypes types = new CsvTypes(format, looked, among(format, texts));
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        List<String[]> parts;
        try {
            parts = chunks.mapPartitions(tasks -> types.kinds(tasks, settings.value()))
                    .collect();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.ofReader(e);
        }
        TextKind[] kinds = none(looked.length);
        boolean[] padded = new boolean[looked.length];
        for (String[] part : parts) {
            for (int i = 0; i < kinds.length; i++) {
                boolean zeros = part[i].endsWith(PADDED);
                padded[i] |= zeros;
                String kind = zeros ? part[i].substring(0, part[i].length() - PADDED.length()) : part[i];
                kinds[i] = kinds[i].with(TextKind.valueOf(kind));
            }
        }
        List<ColumnKind> found = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            TextKind kind = looked[i] ? kinds[i] : TextKind.TEXT;
            found.add(new ColumnKind(kind, padded[i] && kind.isNumber()));
        }
        return found;
    }

    private static boolean[] among(CsvFormat format, Set<String> names) {
        boolean[] among = new boolean[format.names().size()];
        for (int i = 0; i < among.length; i++) {
            among[i] = names.contains(format.names().get(i));
        }
        return among;
    }

    private Iterator<String[]> kinds(Iterator<byte[]> tasks, Configuration hadoop) {
        TextKind[] kinds = none(asked.length);
        boolean[] padded = new boolean[asked.length];
        while (tasks.hasNext()) {
            for (TextChunk chunk : TextChunks.read(tasks.next())) {
                look(chunk, kinds, padded, hadoop);
            }
        }
        String[] result = new String[kinds.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = kinds[i].name() + (padded[i] ? PADDED : "");
        }
        return Collections.singletonList(result).iterator();
    }

    private void look(TextChunk chunk, TextKind[] kinds, boolean[] padded, Configuration hadoop) {
        try (CsvParser parser = format.parser(chunk.file(), chunk.from(), hadoop)) {
            boolean found = chunk.from() == 0 ? format.toFirstRow(parser, chunk.file()) : parser.next();
            while (found && parser.start() < chunk.to()) {
                if (isRow(parser)) {
                    look(parser, kinds, padded);
                }
                found = parser.end() < chunk.to() && parser.next();
            }
        } catch (BadByteException e) {
            throw TextErrors.undecodable(chunk.file(), e, hadoop);
        } catch (OpenQuoteException e) {
            throw CsvHeader.openQuote(chunk, e, hadoop);
        } catch (IOException e) {
            throw TextErrors.unreadable(chunk.file(), e);
        }
    }

    private boolean isRow(CsvParser parser) {
        return parser.fault() == null
                && !parser.startsWithMark()
                && parser.size() == asked.length
                && !format.isHeader(parser);
    }

    private void look(CsvParser parser, TextKind[] kinds, boolean[] padded) {
        boolean plain = format.numbers().isPlain();
        for (int i = 0; i < kinds.length; i++) {
            if (!asked[i] || kinds[i] == TextKind.TEXT) {
                continue;
            }
            if (plain && texts[i]) {
                kinds[i] = kinds[i].with(TextKind.exact(parser.bytes(), parser.from(i), parser.to(i)));
            } else if (plain) {
                kinds[i] = kinds[i].with(TextKind.of(parser.bytes(), parser.from(i), parser.to(i)));
                padded[i] |= NumberText.isPadded(parser.bytes(), parser.from(i), parser.to(i));
            } else {
                UTF8String text = parser.text(i);
                byte[] bytes = text == null
                        ? new byte[0]
                        : UTF8String.fromString(format.numbers().plain(text.toString()))
                                .getBytes();
                kinds[i] = kinds[i].with(
                        texts[i] ? TextKind.exact(bytes, 0, bytes.length) : TextKind.of(bytes, 0, bytes.length));
                padded[i] |= NumberText.isPadded(bytes, 0, bytes.length);
            }
        }
    }

    private static TextKind[] none(int size) {
        TextKind[] kinds = new TextKind[size];
        Arrays.fill(kinds, TextKind.NONE);
        return kinds;
    }
}
