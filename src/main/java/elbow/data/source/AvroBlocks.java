package elbow.data.source;

import elbow.data.table.InputErrors;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The blocks of an Avro file, whose rows are counted without a look at them: each block says how many it has and how
 * long it is (Apache Avro specification, "Object Container Files"). Avro's own reader takes a file that is cut within a
 * block for one that ends before it.
 */
final class AvroBlocks {
    private static final int MAGIC_BYTES = 4;
    private static final int SYNC_BYTES = 16;

    private final Path file;
    private final long length;
    private final FSDataInputStream stream;
    private final BinaryDecoder decoder;

    private AvroBlocks(Path file, long length, FSDataInputStream stream) {
        this.file = file;
        this.length = length;
        this.stream = stream;
        // One that reads no byte too many, so that the stream is where it is.
        decoder = DecoderFactory.get().directBinaryDecoder(stream, null);
    }

    /**
     * The rows of all blocks.
     *
     * @throws elbow.base.ElbowException of category INPUT if the file does not end with a block
     */
    static long rows(Path file, Configuration hadoop) throws IOException {
        FileSystem system = file.getFileSystem(hadoop);
        try (FSDataInputStream stream = system.open(file)) {
            return new AvroBlocks(file, system.getFileStatus(file).getLen(), stream).rows();
        }
    }

    private long rows() throws IOException {
        long rows = 0;
        try {
            stream.skipNBytes(MAGIC_BYTES);
            skipMetadata();
            byte[] sync = stream.readNBytes(SYNC_BYTES);
            while (stream.getPos() < length) {
                long count = decoder.readLong();
                long bytes = decoder.readLong();
                long end = stream.getPos() + bytes;
                if (count < 0 || bytes < 0 || end + SYNC_BYTES > length) {
                    throw damaged(rows);
                }
                stream.seek(end);
                if (!Arrays.equals(stream.readNBytes(SYNC_BYTES), sync)) {
                    throw damaged(rows);
                }
                rows += count;
            }
        } catch (EOFException e) {
            throw damaged(rows);
        }
        return rows;
    }

    // Schema, codec and what the writer has added.
    private void skipMetadata() throws IOException {
        for (long entries = decoder.readMapStart(); entries != 0; entries = decoder.mapNext()) {
            for (long i = 0; i < entries; i++) {
                decoder.skipString();
                decoder.skipBytes();
            }
        }
    }

    private RuntimeException damaged(long rows) {
        return InputErrors.input("Avro file " + file + " must be blocks of rows to its end, but is cut off, or damaged,"
                + " in the block behind row " + rows);
    }
}
