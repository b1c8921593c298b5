package elbow.data.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The blocks of a GIF file: a screen, and a frame on it. */
final class GifFile implements ImageFile {
    private static final int SCREEN = 6;
    private static final int BLOCKS = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;
    private static final int END = 0x3B;

    // Where the rows of each pass begin, and how far they are apart.
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    private static final int INTERLACED = 0x40;

    private final byte[] file;
    private int height;
    private int width;
    private int top;
    private int left;
    private int flags;

    private GifFile(byte[] file) {
        this.file = file;
    }

    static GifFile of(byte[] file) throws IOException {
        GifFile found = new GifFile(file);
        try {
            found.look(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IndexOutOfBoundsException e) {
            throw ImageFile.cut("its trailer");
        }
        return found;
    }

    private void look(ByteBuffer file) throws IOException {
        width = unsigned(file, SCREEN);
        height = unsigned(file, SCREEN + 2);
        int frames = 0;
        int place = BLOCKS + palette(file, BLOCKS - 3);
        while (true) {
            int block = file.get(place++) & 0xFF;
            if (block == END) {
                ImageFile.requireOne(frames);
                return;
            } else if (block == EXTENSION) {
                place = afterParts(file, place + 1);
            } else if (block == FRAME) {
                frames++;
                left = unsigned(file, place);
                top = unsigned(file, place + 2);
                // Older writers leave the screen empty, or smaller than its frame.
                width = Math.max(width, left + unsigned(file, place + 4));
                height = Math.max(height, top + unsigned(file, place + 6));
                flags = place + 8;
                place = afterParts(file, flags + 2 + palette(file, flags));
            } else if (block != 0) {
                throw new IOException("a block of it is of the unknown kind " + block);
            }
        }
    }

    @Override
    public int height(ImageReader reader) {
        return height;
    }

    @Override
    public int width(ImageReader reader) {
        return width;
    }

    @Override
    public BufferedImage read(ImageReader reader, ReadWatch watch) throws IOException {
        boolean shuffled = (file[flags] & INTERLACED) != 0 && reader.getHeight(0) <= PASSES[1][0];
        BufferedImage frame = shuffled ? inOrder(reader) : reader.read(0);
        watch.requireWhole();
        if (frame.getHeight() == height && frame.getWidth() == width) {
            return frame;
        }
        BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = screen.createGraphics();
        graphics.drawImage(frame, left, top, null);
        graphics.dispose();
        return screen;
    }

    // Of so few rows the JDK takes one for the second pass, which has none, and loses it.
    private BufferedImage inOrder(ImageReader reader) throws IOException {
        byte[] sequential = file.clone();
        sequential[flags] &= ~INTERLACED;
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(sequential)), true, true);
        BufferedImage stored = reader.read(0);
        WritableRaster rows = stored.copyData(null);
        int next = 0;
        for (int[] pass : PASSES) {
            for (int row = pass[0]; row < stored.getHeight(); row += pass[1]) {
                int[] samples = rows.getSamples(0, next++, stored.getWidth(), 1, 0, (int[]) null);
                stored.getRaster().setSamples(0, row, stored.getWidth(), 1, 0, samples);
            }
        }
        return stored;
    }

    // Bytes of the palette that these flags speak of.
    private static int palette(ByteBuffer file, int flags) {
        int bits = file.get(flags);
        return (bits & 0x80) == 0 ? 0 : 3 << ((bits & 7) + 1);
    }

    private static int afterParts(ByteBuffer file, int from) {
        int place = from;
        int length = file.get(place++) & 0xFF;
        while (length > 0) {
            place += length;
            length = file.get(place++) & 0xFF;
        }
        return place;
    }

    private static int unsigned(ByteBuffer file, int place) {
        return Short.toUnsignedInt(file.getShort(place));
    }
}
