package elbow.benchmark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Grey images with a class each, from two gzipped IDX files.
 *
 * @param images their pixels, row-major
 * @param labels of each, from 0
 */
record LabelledImages(int height, int width, List<byte[]> images, List<Integer> labels) {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;

    static LabelledImages read(String images, String labels) throws IOException {
        ByteBuffer pixels = content(images, IMAGES);
        ByteBuffer classes = content(labels, LABELS);
        int count = pixels.getInt();
        if (classes.getInt() != count) {
            throw new IllegalArgumentException(labels + " must have a label for each image of " + images);
        }
        int height = pixels.getInt();
        int width = pixels.getInt();
        List<byte[]> all = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] image = new byte[height * width];
            pixels.get(image);
            all.add(image);
            found.add(classes.get() & 0xFF);
        }
        return new LabelledImages(height, width, all, found);
    }

    int label(int image) {
        return labels.get(image);
    }

    /** The images of one class. */
    List<byte[]> of(int label) {
        return IntStream.range(0, images.size())
                .filter(i -> label(i) == label)
                .mapToObj(images::get)
                .toList();
    }

    /** Writes images as an IDX file. */
    static void write(List<byte[]> images, int height, int width, Path file) throws IOException {
        try (DataOutputStream stream = new DataOutputStream(Files.newOutputStream(file))) {
            for (int value : Arrays.asList(IMAGES, images.size(), height, width)) {
                stream.writeInt(value);
            }
            for (byte[] image : images) {
                stream.write(image);
            }
        }
    }

    private static ByteBuffer content(String file, int magic) throws IOException {
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(Path.of(file)))) {
            ByteBuffer content = ByteBuffer.wrap(stream.readAllBytes());
            int found = content.getInt();
            if (found != magic) {
                throw new IllegalArgumentException(file + " must begin with " + magic + ", but begins with " + found);
            }
            return content;
        }
    }
}
