package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.encoding.NumberScale;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.CountFeature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.feature.LeftOut;
import elbow.data.feature.NumberLikelihood;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.image.ImageDecoder;
import elbow.data.image.ImageShape;
import elbow.data.image.Images;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.data.text.CsvDialect;
import elbow.data.text.CsvFormat;
import elbow.data.text.CsvHeader;
import elbow.data.text.CsvScan;
import elbow.data.text.TextFile;
import elbow.vae.input.InputTransform;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.hadoop.conf.Configuration;

/** Readers on damaged input: an error of ours or a right answer, and nothing else. */
class DamagedInputProperties {
    private static final byte[] PNG = Images.greyPng(6, 5);
    private static final byte[] JPEG = Images.plain("jpg", 9, 7, 0x336699);
    private static final String ENCODER = FeatureEncoderJson.write(new FeatureEncoder(
            List.of(
                    new RealFeature("a", new NumberScale(true, 1, 2, 0, 3), -1, 5, NumberLikelihood.GAUSSIAN, true),
                    new PositiveFeature("b", 1, 2, 0.5, 9, false),
                    new CountFeature("c", 3, 1, 0.5, 7, NumberLikelihood.NEGATIVE_BINOMIAL, false),
                    new OrdinalFeature("d", List.of("1", "2"), true, List.of(0.25, 0.25, 0.25, 0.25), false),
                    new CategoricalFeature("e", List.of("x", "y"), List.of(), List.of(0.3, 0.3, 0.4), true)),
            InputTransform.NONE,
            new Markers(List.of("?")),
            Set.of("a"),
            List.of(new LeftOut("f", "constant"))));

    @Property(tries = 400)
    void anImageWithDamagedBytesIsRefusedOrDecodesToItsSize(
            @ForAll boolean png, @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int faults) {
        byte[] file = damaged(png ? PNG : JPEG, seed, faults);
        ImageShape shape = new ImageShape(4, 4, 1);
        try {
            assertThat(ImageDecoder.decode(file, shape, true, "column image")).hasSize(16);
        } catch (ElbowException e) {
            assertInput(e);
        }
    }

    @Property(tries = 300)
    void bytesThatAreNoImageAreRefused(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            assertThat(ImageDecoder.decode(bytes, new ImageShape(2, 2, 3), true, "column image"))
                    .hasSize(12);
        } catch (ElbowException e) {
            assertInput(e);
        }
    }

    @Property(tries = 500)
    void anEncoderWithDamagedTextIsRefusedOrRead(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int faults) {
        String text = new String(
                damaged(ENCODER.getBytes(StandardCharsets.ISO_8859_1), seed, faults), StandardCharsets.ISO_8859_1);
        try {
            FeatureEncoder read = FeatureEncoderJson.read("encoder.json", text);
            assertThat(FeatureEncoderJson.read("encoder.json", FeatureEncoderJson.write(read))
                            .features())
                    .isEqualTo(read.features());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 200)
    void anyTextHasACsvHeaderOrIsRefused(@ForAll @StringLength(max = 300) String letters) throws IOException {
        Path file = Files.createTempFile("header", ".csv");
        try {
            Files.writeString(file, letters, StandardCharsets.ISO_8859_1);
            Configuration hadoop = new Configuration();
            TextFile text =
                    TextFile.of(CsvScan.WHAT, new org.apache.hadoop.fs.Path(file.toUri()), Optional.empty(), hadoop);
            CsvFormat format = CsvHeader.of(text, CsvDialect.AUTO, note -> {}, hadoop);
            assertThat(format.names()).isNotEmpty();
        } catch (ElbowException e) {
            assertInput(e);
        } catch (CharacterCodingException e) {
            // Not a text of that encoding: nothing was written.
            assertThat(letters).isNotEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 500)
    void whatReadsAsANumberIsWhatJavaReads(@ForAll @StringLength(max = 12) String text) {
        double number = NumberText.parse(text);
        if (Double.isFinite(number)) {
            assertThat(number).isEqualTo(Double.parseDouble(text));
        }
    }

    private static void assertInput(ElbowException e) {
        assertThat(e.category()).isEqualTo(ErrorCategory.INPUT);
        assertThat(e.getMessage()).isNotBlank();
    }

    private static byte[] damaged(byte[] bytes, long seed, int faults) {
        Random random = new Random(seed);
        byte[] damaged = bytes.clone();
        for (int i = 0; i < faults; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }
}
