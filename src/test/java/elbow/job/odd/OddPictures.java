package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.data.image.Images;
import elbow.data.image.OddImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * Odd image files. Each that is read is scored beside a usual one of the same pixels, and has its score; all in one
 * run, as all that are refused are set aside by one.
 */
final class OddPictures {
    static final List<String> FORMATS = List.of("PNG", "JPEG", "GIF", "BMP", "Spark's `image`");

    private static final List<String> FILES = FORMATS.subList(0, 4);
    private static final int SIDE = 8;
    private static final int DARK = 0xFF204060;
    private static final int LIGHT = 0xFFC0A080;
    private static final String BEST = " --samples 0 --keep path";

    private final List<OddCell> cells = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();

    static List<OddCell> cells() {
        OddPictures pictures = new OddPictures();
        pictures.ofOneChannel();
        pictures.read();
        pictures.refused();
        pictures.add("transparent pixels", "Spark's `image`", "black", OddPictures::checkSparks);
        return pictures.cells;
    }

    /** The same in each command: of images that are cut off one is named. */
    static List<OddCell> ofCommands() {
        List<OddCell> cells = new ArrayList<>();
        for (String command : List.of("score", "evaluate", "calibrate", "batch")) {
            cells.add(new OddCell("images: one that is cut off", command, "exit 3", world -> {
                byte[] file = Images.plain("jpg", SIDE, SIDE, DARK);
                String place = command.equals("batch") ? "in/dt=2026-11-20/" : "in/";
                world.write(place + "whole.jpg", file);
                world.write(place + "cut.jpg", Arrays.copyOf(file, file.length - 2));
                world.write("batch.conf", "batch.late-days = 7");
                world.refuses(words(command, world), "cut.jpg", "one is damaged: it is cut off");
            }));
        }
        cells.add(new OddCell("images: one that is cut off", "stream", "exit 2: no images", world -> {
            world.write("in/whole.jpg", Images.plain("jpg", SIDE, SIDE, DARK));
            world.isMisused(words("stream", world), "must have CSV, JSON lines or Parquet to read");
        }));
        return cells;
    }

    private static String words(String command, OddWorld world) throws IOException {
        String model = model(world);
        return switch (command) {
            case "score" -> "score --model " + model + " --input in --output scores";
            case "stream" -> "score --stream --model " + model + " --input in --output scores --checkpoint checkpoint";
            case "batch" ->
                "batch --config " + world.path("batch.conf") + " --date 2026-11-21 -D batch.input=" + world.path("in")
                        + " -D batch.model=" + model + " -D batch.output=" + world.path("out");
            default -> command + " --model " + model + " --input in --samples 0";
        };
    }

    private void ofOneChannel() {
        for (String format : List.of("PNG", "GIF", "BMP")) {
            oneChannel("one bit a pixel", format, OddImages.palette(1, SIDE, SIDE, false, 0xFF000000, 0xFFFFFFFF));
            oneChannel("a palette of greys", format, OddImages.palette(8, SIDE, SIDE, false, 0xFF101010, 0xFFC0C0C0));
        }
        oneChannel("grey of 16 bits", "PNG", new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY));
        int[] samples = new int[SIDE * SIDE];
        Arrays.fill(samples, 99);
        oneChannel("grey and transparency", "PNG", OddImages.grey(8, SIDE, samples, samples));
    }

    private void oneChannel(String oddity, String format, BufferedImage image) {
        add(oddity, format, "one channel", world -> {
            world.write("odd/a." + ending(format), Images.encoded(image, ending(format)));
            world.write("odd/b." + ending(format), Images.encoded(image, ending(format)));
            world.inspects("odd", "", "image image 0.0", "images of 8 x 8 x 1");
        });
    }

    private void read() {
        BufferedImage halves = halves(SIDE, DARK, LIGHT);
        byte[] usual = png(halves);
        byte[] gif = Images.encoded(halves, "gif");
        byte[] bmp = Images.encoded(halves, "bmp");
        byte[] jpeg = OddImages.jpeg(halves(2 * SIDE, 0xFF404040, 0xFFC0C0C0), false);
        byte[] usualJpeg = png(halves(2 * SIDE, 0xFF404040, 0xFFC0C0C0));

        read(
                "transparent pixels",
                "PNG",
                "black",
                png(halves(SIDE, DARK, 0x00123456)),
                png(halves(SIDE, DARK, 0xFF000000)));
        read(
                "transparent pixels",
                "GIF",
                "black",
                Images.encoded(OddImages.palette(1, SIDE, SIDE, true, DARK, 0x00123456), "gif"),
                png(OddImages.palette(1, SIDE, SIDE, false, DARK, 0xFF000000)));
        read(
                "half transparent pixels",
                "PNG",
                "blended with black",
                png(halves(SIDE, DARK, 0x80C86432)),
                png(halves(SIDE, DARK, 0xFF643219)));
        read("an orientation (EXIF)", "PNG", "turned", OddImages.turned(usual, 3), png(halves(SIDE, LIGHT, DARK)));
        read(
                "an orientation (EXIF)",
                "JPEG",
                "turned",
                OddImages.turned(jpeg, 3, ByteOrder.LITTLE_ENDIAN),
                png(halves(2 * SIDE, 0xFFC0C0C0, 0xFF404040)));
        read(
                "CMYK",
                "JPEG",
                "converted",
                OddImages.adobe(OddImages.inks(200, 100, 50, 51), 0),
                Images.plain("png", SIDE, SIDE, 0x28140A));
        read(
                "YCCK",
                "JPEG",
                "converted",
                OddImages.adobe(OddImages.inks(100, 128, 128, 255), 2),
                Images.plain("png", SIDE, SIDE, 0x9B9B9B));
        read("rows in several passes", "PNG", "read", OddImages.interlaced(halves, "png"), usual);
        read(
                "rows in several passes",
                "GIF",
                "read",
                OddImages.interlaced(OddImages.palette(1, SIDE, SIDE, false, DARK, LIGHT), "gif"),
                png(OddImages.palette(1, SIDE, SIDE, false, DARK, LIGHT)));
        read(
                "rows in several passes",
                "JPEG",
                "read",
                OddImages.jpeg(halves(2 * SIDE, 0xFF404040, 0xFFC0C0C0), true),
                usualJpeg);
        read(
                "a frame smaller than its screen",
                "GIF",
                "on black",
                OddImages.framed(
                        Images.encoded(OddImages.palette(1, SIDE / 2, SIDE, false, LIGHT), "gif"),
                        SIDE,
                        SIDE,
                        SIDE / 2,
                        0),
                png(halves(SIDE, 0xFF000000, LIGHT)));
        read(
                "packed pixels",
                "BMP",
                "read",
                OddImages.packedBmp(OddImages.palette(8, SIDE, SIDE, false, DARK, LIGHT)),
                png(OddImages.palette(1, SIDE, SIDE, false, DARK, LIGHT)));
        read("bytes behind its end", "PNG", "read", longer(usual), usual);
        read("bytes behind its end", "JPEG", "read", longer(jpeg), usualJpeg);
        read("bytes behind its end", "GIF", "read", longer(gif), gif);
        read("bytes behind its end", "BMP", "read", longer(bmp), bmp);
        named("PNG", "jpg", usual, usual);
        named("JPEG", "png", jpeg, usualJpeg);
        named("GIF", "bmp", gif, gif);
        named("BMP", "png", bmp, bmp);
    }

    private void refused() {
        BufferedImage halves = halves(SIDE, DARK, LIGHT);
        BufferedImage palette = OddImages.palette(1, SIDE, SIDE, false, DARK, LIGHT);
        byte[] png = png(halves);
        byte[] jpeg = OddImages.jpeg(halves, false);
        byte[] gif = Images.encoded(palette, "gif");
        byte[] bmp = Images.encoded(halves, "bmp");
        List<byte[]> whole = List.of(png, jpeg, gif, bmp);
        for (int i = 0; i < FILES.size(); i++) {
            String format = FILES.get(i);
            byte[] file = whole.get(i);
            refuse("cut off", format, Arrays.copyOf(file, file.length * 6 / 10), "one is damaged: ");
            refuse(
                    "cut off by its last byte",
                    format,
                    Arrays.copyOf(file, file.length - 1),
                    "one is damaged: it is cut off");
            String empty = "odd/empty." + ending(format);
            add("an empty file", format, "exit 3", world -> {
                world.write(empty, new byte[0]);
                world.write("odd/whole.png", png);
                world.refuses("inspect --input odd", empty, "must be an image, but is empty");
            });
            refuse(
                    "a text of that name",
                    format,
                    "a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII),
                    "one is text: \"a,b 1,2 \"");
            refuse("TIFF of that name", format, new byte[] {'I', 'I', '*', 0, 8, 0, 0, 0}, "one is TIFF");
        }
        byte[] ended = Arrays.copyOf(jpeg, jpeg.length - 12);
        ended[ended.length - 2] = (byte) 0xFF;
        ended[ended.length - 1] = (byte) 0xD9;
        refuse("cut off, an end put behind", "JPEG", ended, "one is damaged: ");
        byte[] changed = png.clone();
        changed[png.length - 20]++;
        refuse("a changed byte", "PNG", changed, "the checksum of its chunk IDAT is wrong");
        refuse("several frames", "PNG", OddImages.animated(png, 2), "one has 2 frames");
        refuse("several frames", "GIF", OddImages.gif(palette, palette), "one has 2 frames");
        refuse(
                "four channels, and not which",
                "JPEG",
                OddImages.inks(1, 2, 3, 4),
                "four channels without Adobe's marker");
        refuse("more than 67,108,864 pixels", "PNG", Images.bomb(50_000, 50_000), "one states 50000 x 50000 pixels");
        refuse("more than 67,108,864 pixels", "JPEG", large(jpeg), "one states 50000 x 50000 pixels");
        byte[] screen = gif.clone();
        ByteBuffer.wrap(screen).putInt(6, 0xFFFFFFFF);
        refuse("more than 67,108,864 pixels", "GIF", screen, "one states 65535 x 65535 pixels");
        byte[] header = bmp.clone();
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, 40_000)
                .putInt(22, 30_000);
        refuse("more than 67,108,864 pixels", "BMP", header, "one is damaged: ");
    }

    private void read(String oddity, String format, String says, byte[] odd, byte[] usual) {
        read(oddity, format, says, ending(format), odd, usual);
    }

    private void named(String format, String ending, byte[] odd, byte[] usual) {
        read("a name of another format", format, "read", ending, odd, usual);
    }

    private void read(String oddity, String format, String says, String ending, byte[] odd, byte[] usual) {
        String oddName = name(oddity, format, "odd." + ending);
        String usualName = name(oddity, format, "usual.png");
        files.put(oddName, odd);
        files.put(usualName, usual);
        add(oddity, format, says, world -> {
            OddWorld shared = scored(world);
            assertThat(score(shared, "scores", oddName)).isEqualTo(score(shared, "scores", usualName));
        });
    }

    private void refuse(String oddity, String format, byte[] odd, String part) {
        String name = name(oddity, format, "bad." + ending(format));
        files.put(name, odd);
        add(oddity, format, "exit 3", world -> {
            List<Row> bad = scored(world).scores("bad");
            assertThat(bad)
                    .filteredOn(row -> row.<String>getAs("source_file").endsWith("/" + name))
                    .hasSize(1)
                    .allSatisfy(row -> assertThat(row.<String>getAs("reason")).contains(part));
        });
    }

    private void add(String oddity, String format, String says, OddCell.Trial trial) {
        cells.add(new OddCell(oddity, format, says, trial));
    }

    private static String name(String oddity, String format, String end) {
        return (format + " " + oddity).replaceAll("[^A-Za-z]+", "_") + "_" + end;
    }

    private static String ending(String format) {
        return format.toLowerCase(Locale.ROOT);
    }

    private OddWorld scored(OddWorld world) throws IOException {
        OddWorld shared = world.shared();
        if (!Files.exists(shared.path("scores"))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                shared.write("odd/" + file.getKey(), file.getValue());
            }
            shared.runs("score --model " + model(shared) + " --input odd --output scores --quarantine bad" + BEST);
        }
        return shared;
    }

    // Spark's source gives pixels and nothing else of the file.
    private static void checkSparks(OddWorld world) throws IOException {
        world.write("odd/odd.png", png(halves(SIDE, DARK, 0x00123456)));
        world.write("odd/usual.png", png(halves(SIDE, DARK, 0xFF000000)));
        SharedSpark.session()
                .read()
                .format("image")
                .load(world.path("odd").toString())
                .selectExpr("image", "image.origin AS path")
                .write()
                .parquet(world.path("rows").toString());
        world.runs("score --model " + model(world) + " --input rows --output scores" + BEST);
        assertThat(score(world, "scores", "odd.png")).isEqualTo(score(world, "scores", "usual.png"));
    }

    private static double score(OddWorld world, String output, String file) {
        List<Row> rows = world.scores(output).stream()
                .filter(row -> row.<String>getAs("path").endsWith("/" + file))
                .toList();
        assertThat(rows).as(file).hasSize(1);
        return rows.get(0).<Double>getAs("elbo");
    }

    /** The place of a model of images of 8 x 8 colours, to which it resizes others; it is trained once. */
    private static String model(OddWorld world) throws IOException {
        OddWorld shared = world.shared();
        if (!Files.exists(shared.path("pictures-model"))) {
            for (int i = 0; i < 24; i++) {
                shared.write("pictures/" + i + ".png", png(halves(SIDE, 0xFF000000 | i * 0x040506, DARK + i)));
            }
            shared.runs("train --input pictures --model pictures-model -D data.image.height=8 -D data.image.width=8"
                    + " -D data.image.channels=3 -D data.image.binarise=none" + OddWorld.QUICK);
        }
        return shared.path("pictures-model").toString();
    }

    private static byte[] png(BufferedImage image) {
        return Images.encoded(image, "png");
    }

    /** One colour above, one below. */
    private static BufferedImage halves(int side, int above, int below) {
        boolean opaque = (above & below) >>> 24 == 0xFF;
        int[] colours = new int[side * side];
        Arrays.fill(colours, 0, side * side / 2, above);
        Arrays.fill(colours, side * side / 2, side * side, below);
        return OddImages.of(opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB, side, colours);
    }

    private static byte[] longer(byte[] file) {
        byte[] longer = Arrays.copyOf(file, file.length + 20);
        Arrays.fill(longer, file.length, longer.length, (byte) 'x');
        return longer;
    }

    /** A JPEG file whose header states another size. */
    private static byte[] large(byte[] jpeg) {
        byte[] large = jpeg.clone();
        for (int i = 0; i < large.length - 9; i++) {
            if ((large[i] & 0xFF) == 0xFF && (large[i + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(large).putShort(i + 5, (short) 50_000).putShort(i + 7, (short) 50_000);
            }
        }
        return large;
    }
}
