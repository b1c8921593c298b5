package elbow.data.text;

import elbow.data.listing.InputFiles;
import elbow.data.listing.InputFiles.InputFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/** Files of text, cut and put together so that every task has about as much to read, as Spark does with its own. */
public final class TextChunks {
    private final SparkSession spark;
    private final Configuration hadoop;
    private final long mostBytes;
    private final long openCost;
    private final List<Task> tasks = new ArrayList<>();

    /** What one task reads. */
    private static final class Task {
        private final List<TextChunk> chunks = new ArrayList<>();
        private long bytes;
    }

    /** Where a file can be cut. */
    public interface Cutter {
        /** The start of a record not far after {@code offset}, or -1 if none is sure. */
        long cut(TextFile file, long offset) throws IOException;
    }

    private TextChunks(SparkSession spark, long allBytes) {
        this.spark = spark;
        hadoop = spark.sessionState().newHadoopConf();
        SQLConf settings = spark.sessionState().conf();
        openCost = settings.filesOpenCostInBytes();
        long share = allBytes / Math.max(1, spark.sparkContext().defaultParallelism());
        mostBytes = Math.min(settings.filesMaxPartitionBytes(), Math.max(openCost, share));
    }

    /** The chunks of files, those of a task in an element each, which {@link #read} reads. */
    public static JavaRDD<byte[]> of(SparkSession spark, InputFiles input, List<TextFile> files, Cutter cutter) {
        long bytes = input.listed().stream().mapToLong(InputFile::size).sum();
        TextChunks chunks = new TextChunks(spark, bytes);
        for (int i = 0; i < files.size(); i++) {
            chunks.add(input.listed().get(i), files.get(i), cutter);
        }
        return chunks.rdd();
    }

    /** The chunks of an element. */
    public static List<TextChunk> read(byte[] task) {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(task)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                return Class.forName(type.getName(), false, TextChunk.class.getClassLoader());
            }
        }) {
            List<TextChunk> chunks = new ArrayList<>();
            for (int i = stream.readInt(); i > 0; i--) {
                chunks.add((TextChunk) stream.readObject());
            }
            return chunks;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a task's chunks are not what was sent", e);
        }
    }

    private static byte[] bytes(List<TextChunk> chunks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeInt(chunks.size());
            for (TextChunk chunk : chunks) {
                stream.writeObject(chunk);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a task's chunks cannot be sent", e);
        }
        return bytes.toByteArray();
    }

    private void add(InputFile listed, TextFile file, Cutter cutter) {
        long from = 0;
        try {
            while (file.isSplittable() && listed.size() - from > 1.1 * mostBytes) {
                long cut = cutter.cut(file, from + mostBytes);
                if (cut <= from || cut >= listed.size()) {
                    break;
                }
                add(new TextChunk(file, from, cut, listed.values()), cut - from);
                from = cut;
            }
        } catch (IOException e) {
            throw TextErrors.unreadable(file, e);
        }
        add(new TextChunk(file, from, TextChunk.END, listed.values()), listed.size() - from);
    }

    private void add(TextChunk chunk, long bytes) {
        Task last = tasks.isEmpty() ? null : tasks.get(tasks.size() - 1);
        if (last == null || last.bytes + bytes > mostBytes) {
            last = new Task();
            tasks.add(last);
        }
        last.chunks.add(chunk);
        last.bytes += bytes + openCost;
    }

    private JavaRDD<byte[]> rdd() {
        // As bytes, for Spark may write its data by Kryo, which knows no records. What the lists of places are called
        // depends on the version of Scala.
        var placed = tasks.stream()
                .map(task -> new Tuple2<>(
                        bytes(task.chunks),
                        JavaConverters.asScalaBuffer(hosts(task.chunks.get(0))).toSeq()))
                .toList();
        return spark.sparkContext()
                .makeRDD(JavaConverters.asScalaBuffer(placed).toSeq(), ClassTag$.MODULE$.<byte[]>apply(byte[].class))
                .toJavaRDD();
    }

    private List<String> hosts(TextChunk chunk) {
        try {
            FileSystem system = chunk.file().path().getFileSystem(hadoop);
            if (system instanceof LocalFileSystem) {
                return List.of();
            }
            BlockLocation[] blocks = system.getFileBlockLocations(chunk.file().path(), chunk.from(), 1);
            return blocks.length == 0 ? List.of() : Arrays.asList(blocks[0].getHosts());
        } catch (IOException e) {
            throw TextErrors.unreadable(chunk.file(), e);
        }
    }
}
