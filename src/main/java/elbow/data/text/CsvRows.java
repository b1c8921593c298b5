package elbow.data.text;

import elbow.base.BadValueException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The rows of some chunks of CSV. A row is gone when the next comes. */
public final class CsvRows extends ChunkRows {
    private final CsvFormat format;
    private final List<CsvColumn> columns;
    private final CsvScan.Faults faults;
    private final Iterator<TextChunk> chunks;
    private final Configuration hadoop;
    private final InternalRow row;

    private @Nullable TextChunk chunk;
    private @Nullable CsvParser parser;
    private @Nullable CsvRecord record;

    public CsvRows(CsvScan scan, List<TextChunk> chunks, Configuration hadoop) {
        this(scan, chunks, hadoop, new SpecificInternalRow(scan.schema()));
    }

    private CsvRows(CsvScan scan, List<TextChunk> chunks, Configuration hadoop, InternalRow row) {
        super(row);
        format = scan.format();
        columns = scan.columns();
        faults = scan.faults();
        this.chunks = chunks.iterator();
        this.hadoop = hadoop;
        this.row = row;
    }

    @Override
    boolean advance() {
        while (true) {
            if (parser == null) {
                if (!chunks.hasNext()) {
                    return false;
                }
                chunk = chunks.next();
            }
            TextChunk current = Objects.requireNonNull(chunk);
            try {
                if (parser == null ? open(current) : toNext(current, parser)) {
                    write(current, Objects.requireNonNull(record));
                    return true;
                }
            } catch (BadByteException e) {
                throw TextErrors.undecodable(current.file(), e, hadoop);
            } catch (OpenQuoteException e) {
                throw CsvHeader.openQuote(current, e, hadoop);
            } catch (IOException e) {
                throw TextErrors.unreadable(current.file(), e);
            }
            close();
        }
    }

    private boolean open(TextChunk current) throws IOException {
        CsvParser opened = format.parser(current.file(), current.from(), hadoop);
        parser = opened;
        record = new CsvRecord(opened, current.file().uri(), current.partitions());
        boolean found = current.from() == 0 ? format.toFirstRow(opened, current.file()) : opened.next();
        return found && isIn(current, opened);
    }

    private static boolean toNext(TextChunk current, CsvParser parser) throws IOException {
        return parser.end() < current.to() && parser.next() && isIn(current, parser);
    }

    private static boolean isIn(TextChunk current, CsvParser parser) {
        if (parser.start() >= current.to()) {
            return false;
        }
        if (parser.end() > current.to()) {
            throw CsvHeader.cutWithin(current.file(), "a quoted value goes on after byte " + current.to());
        }
        return true;
    }

    private void write(TextChunk current, CsvRecord found) {
        for (int i = 0; i < columns.size(); i++) {
            row.setNullAt(i);
        }
        CsvParser at = found.parser();
        String fault = fault(at);
        String valueFault = null;
        if (fault == null) {
            for (int i = 0; i < columns.size(); i++) {
                try {
                    columns.get(i).write(found, row, i);
                } catch (BadValueException e) {
                    row.setNullAt(i);
                    valueFault = valueFault == null ? e.getMessage() : valueFault;
                }
            }
        }
        if (fault != null && faults != CsvScan.Faults.MARKED) {
            throw TextErrors.badRecord(current.file(), at.start(), "the row", fault, at.record(), hadoop);
        }
        if (valueFault != null && faults == CsvScan.Faults.FAIL) {
            throw TextErrors.badRecord(current.file(), at.start(), "", valueFault, at.record(), hadoop);
        }
        if (valueFault != null && faults == CsvScan.Faults.FAIL_LATER) {
            valueFault = CsvScan.packed(current.file(), at.start(), valueFault, at.record());
        }
        found.judge(fault == null ? null : "a CSV row " + fault, valueFault);
        for (int i = 0; i < columns.size(); i++) {
            String text = columns.get(i) instanceof CsvColumn.Mark mark ? found.part(mark.part()) : null;
            if (text != null) {
                row.update(i, UTF8String.fromString(text));
            }
        }
    }

    private @Nullable String fault(CsvParser at) {
        if (at.fault() != null) {
            return at.fault();
        }
        if (at.startsWithMark()) {
            return "must not start with a byte-order mark, which a file has at its own start alone (files that are put"
                    + " together have others), but does";
        }
        if (at.size() != format.names().size()) {
            return "must have " + format.names().size() + " values as "
                    + (format.header().isEmpty() ? "the first row" : "the header") + " has, but has " + at.size()
                    + (at.startsWith(CsvHeader.COMMENT)
                            ? " (it starts with #, which is no comment unless it is said to be one)"
                            : "");
        }
        return format.isHeader(at)
                ? "must be no header, for that is above the rows, but has the names of the columns"
                : null;
    }

    @Override
    void close() {
        CsvParser open = parser;
        parser = null;
        record = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // What has been read is right; Hadoop's streams close silently, too.
                return;
            }
        }
    }
}
