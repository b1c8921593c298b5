package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hadoop.conf.Configuration;

class IdxStreamProperties {
    private static final int IMAGES = 5;
    private static final byte[] PLAIN = IdxFiles.images(IMAGES, 3, 4);
    private static final byte[] PACKED = IdxFiles.gzip(PLAIN);

    @Property(tries = 200)
    void truncatedFileIsAnInputErrorThatNamesIt(
            @ForAll boolean gzip, @ForAll @IntRange(min = 1, max = 10_000) int length) {
        byte[] whole = gzip ? PACKED : PLAIN;
        byte[] part = Arrays.copyOf(whole, length % whole.length);
        onFile(
                part,
                file -> assertThatThrownBy(() -> read(file))
                        .isInstanceOf(ElbowException.class)
                        .hasMessageContaining(file.getFileName().toString())
                        .extracting(e -> ((ElbowException) e).category())
                        .isEqualTo(ErrorCategory.INPUT));
    }

    @Property(tries = 500)
    void flippedByteIsAnInputErrorOrAnotherContentOfTheSameShape(
            @ForAll boolean gzip,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int flip) {
        byte[] damaged = (gzip ? PACKED : PLAIN).clone();
        int at = place % damaged.length;
        damaged[at] ^= (byte) flip;
        onFile(damaged, file -> {
            List<byte[]> images;
            try {
                images = read(file);
            } catch (ElbowException e) {
                assertThat(e.category()).isEqualTo(ErrorCategory.INPUT);
                return;
            }
            // Nothing in a plain file protects its pixels; a packed file's checksum does.
            byte[] expected = gzip ? PLAIN : damaged;
            byte[] found = new byte[expected.length - 16];
            for (int i = 0; i < images.size(); i++) {
                System.arraycopy(images.get(i), 0, found, i * images.get(i).length, images.get(i).length);
            }
            assertThat(found).isEqualTo(Arrays.copyOfRange(expected, 16, expected.length));
        });
    }

    private static List<byte[]> read(Path file) {
        List<byte[]> images = new ArrayList<>();
        try (IdxStream stream = IdxChunk.open(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false))) {
            for (int i = 0; i < stream.images(); i++) {
                images.add(stream.next());
            }
            stream.requireEnd();
        }
        return images;
    }

    private interface FileTest {
        void run(Path file);
    }

    private static void onFile(byte[] content, FileTest test) {
        try {
            Path file = Files.createTempFile("images", ".idx");
            try {
                Files.write(file, content);
                test.run(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
