package elbow.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Image files that are not as the usual ones are. */
public final class OddImages {
    private static final int END_OF_IHDR = 33;
    private static final int ADOBE = 0xEE;
    private static final int EXIF = 0xE1;

    private OddImages() {}

    /** What writes a file: with a writer whose output is set. */
    private interface Writing {
        void write(ImageWriter writer, ImageWriteParam options) throws IOException;
    }

    private static byte[] written(String format, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writing.write(writer, writer.getDefaultWriteParam());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A JPEG file of the best quality: blocks of 8 x 8 equal pixels come back as they were. */
    public static byte[] jpeg(RenderedImage image, boolean progressive) {
        return written("jpeg", (writer, options) -> {
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(1);
            options.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(image, null, null), options);
        });
    }

    /** A JPEG file whose channels are stored as they stand: four of ink, say. */
    public static byte[] jpeg(Raster channels) {
        return written("jpeg", (writer, options) -> {
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(1);
            writer.write(null, new IIOImage(channels, null, null), options);
        });
    }

    /** A JPEG file of 8 x 8 pixels of four channels as they are stored. */
    public static byte[] inks(int... stored) {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                raster.setPixel(x, y, stored);
            }
        }
        return jpeg(raster);
    }

    /** With the marker by which Adobe says what channels are: 0 for CMYK, 2 for YCCK. */
    public static byte[] adobe(byte[] jpeg, int transform) {
        byte[] marker = "Adobe\0d\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        marker[marker.length - 1] = (byte) transform;
        return segment(jpeg, ADOBE, marker);
    }

    /** A JPEG file whose EXIF states an orientation. */
    public static byte[] turned(byte[] jpeg, int orientation, ByteOrder order) {
        byte[] exif = exif(orientation, order);
        return segment(
                jpeg,
                EXIF,
                ByteBuffer.allocate(6 + exif.length)
                        .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                        .put(exif)
                        .array());
    }

    /** A PNG file whose EXIF states an orientation. */
    public static byte[] turned(byte[] png, int orientation) {
        return chunk(png, "eXIf", exif(orientation, ByteOrder.BIG_ENDIAN));
    }

    private static byte[] exif(int orientation, ByteOrder order) {
        return ByteBuffer.allocate(38)
                .order(order)
                .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2)
                // The maker, and the orientation.
                .putShort((short) 0x010F)
                .putShort((short) 2)
                .putInt(2)
                .putInt(0)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** A JPEG file with one more segment at its start. */
    public static byte[] segment(byte[] jpeg, int marker, byte[] content) {
        return ByteBuffer.allocate(jpeg.length + 4 + content.length)
                .put(jpeg, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A PNG file with one more chunk at its start. */
    public static byte[] chunk(byte[] png, String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        CRC32 sum = new CRC32();
        sum.update(chunk.array());
        return ByteBuffer.allocate(png.length + 12 + content.length)
                .put(png, 0, END_OF_IHDR)
                .putInt(content.length)
                .put(chunk.array())
                .putInt((int) sum.getValue())
                .put(png, END_OF_IHDR, png.length - END_OF_IHDR)
                .array();
    }

    /** A PNG file that says that it has several frames. */
    public static byte[] animated(byte[] png, int frames) {
        return chunk(png, "acTL", ByteBuffer.allocate(8).putInt(frames).array());
    }

    /** A GIF file of several frames. */
    public static byte[] gif(BufferedImage... frames) {
        return written("gif", (writer, options) -> {
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(
                        new IIOImage(
                                frame, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), options)),
                        options);
            }
            writer.endWriteSequence();
        });
    }

    /** A PNG or GIF file whose rows come in several passes. */
    public static byte[] interlaced(BufferedImage image, String format) {
        return written(format, (writer, options) -> {
            options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), options);
        });
    }

    /** A BMP file whose pixels are packed. */
    public static byte[] packedBmp(BufferedImage image) {
        return written("bmp", (writer, options) -> {
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionType("BI_RLE8");
            writer.write(null, new IIOImage(image, null, null), options);
        });
    }

    /** A GIF file on a larger screen. */
    public static byte[] framed(byte[] gif, int height, int width, int top, int left) {
        byte[] framed = gif.clone();
        ByteBuffer bytes = ByteBuffer.wrap(framed).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(6, (short) width).putShort(8, (short) height);
        int frame = 13;
        while (framed[frame] != 0x2C || bytes.getShort(frame + 1) != 0) {
            frame++;
        }
        bytes.putShort(frame + 1, (short) left).putShort(frame + 3, (short) top);
        return framed;
    }

    /** An image of a palette, whose pixels are the palette's colours in order: the last again and again. */
    public static BufferedImage palette(int bits, int height, int width, boolean alpha, int... colours) {
        int[] all = Arrays.copyOf(colours, 1 << bits);
        Arrays.fill(all, colours.length, all.length, colours[colours.length - 1]);
        IndexColorModel model = new IndexColorModel(bits, all.length, all, 0, alpha, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(
                width, height, bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, Math.min(i, colours.length - 1));
        }
        return image;
    }

    /** An image of one type with these colours from the top left on, each four samples: red, green, blue, alpha. */
    public static BufferedImage of(int type, int width, int... colours) {
        BufferedImage image = new BufferedImage(width, colours.length / width, type);
        for (int i = 0; i < colours.length; i++) {
            image.setRGB(i % width, i / width, colours[i]);
        }
        return image;
    }

    /** An image of grey samples as they stand, of 8 or 16 bits, with alpha or not. */
    public static BufferedImage grey(int bits, int width, int[] samples, int @Nullable [] alpha) {
        int bands = alpha == null ? 1 : 2;
        int type = bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        int[] offsets = bands == 1 ? new int[] {0} : new int[] {0, 1};
        BufferedImage image = ImageTypeSpecifier.createInterleaved(
                        ColorSpace.getInstance(ColorSpace.CS_GRAY), offsets, type, alpha != null, false)
                .createBufferedImage(width, samples.length / width);
        for (int i = 0; i < samples.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, samples[i]);
            if (alpha != null) {
                image.getRaster().setSample(i % width, i / width, 1, alpha[i]);
            }
        }
        return image;
    }
}
