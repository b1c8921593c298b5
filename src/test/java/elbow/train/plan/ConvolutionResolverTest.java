package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.image.ImageShape;
import elbow.vae.VaeSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionResolverTest {
    @Test
    void networksAreDenseUnlessSomethingElseIsSaid() {
        assertThat(resolve(28, 28, 1).shape()).isEqualTo("784-512-20-512-784");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28 | 28 | 1 | '' | 784-14x14x32-7x7x64-256-20-256-3136-14x14x32-28x28x1",
                "32 | 48 | 3 | '' | 4608-16x24x32-8x12x64-4x6x128-256-20-256-3072-8x12x64-16x24x32-32x48x3",
                "8 | 8 | 1 | '' | 64-4x4x32-256-20-256-512-8x8x1",
                "9 | 6 | 1 | model.convolution.strides=[3]:model.encoder-sizes=[5] | 54-3x2x32-5-20-5-192-9x6x1",
                "28 | 28 | 1 | model.convolution.channels=[8] | 784-14x14x8-256-20-256-1568-28x28x1",
                "9 | 9 | 1 | model.convolution.strides=[1,1]:model.convolution.channels=[8,4]"
                        + " | 81-9x9x8-9x9x4-256-20-256-324-9x9x8-9x9x1",
            })
    void convolutionsFollowTheSizeOfImages(int height, int width, int channels, String overrides, String shape) {
        assertThat(resolve(height, width, channels, convolutional(overrides)).shape())
                .isEqualTo(shape);
    }

    @Test
    void otherColumnsPassBesideTheConvolutions() {
        VaeSpec spec = VaeSpecResolver.resolve(
                Configuration.defaults().withOverrides(List.of(convolutional("model.convolution.channels=[4,8]"))),
                TestEncoders.encoder()
                        .image("picture", new ImageShape(8, 8, 1))
                        .real("number", 0, 1)
                        .build(),
                100);
        assertThat(spec.shape()).isEqualTo("65-4x4x4-2x2x8+1-256-20-256-288-4x4x4+256-8x8x1+1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "27 | '' | model.convolution.strides must have a product of which the image's height and width are multiples,"
                        + " which are those of 27x28x1 (data.image.height and data.image.width resize images), but is [2]",
                "26 | model.convolution.strides=[2,2] | model.convolution.strides must have a product of which the image's"
                        + " height and width are multiples, which are those of 26x28x1 (data.image.height and"
                        + " data.image.width resize images), but is [2, 2]",
                "28 | model.convolution.strides=[2,2]:model.convolution.channels=[3] | model.convolution.channels must be as"
                        + " many as strides, [2, 2], but is [3]",
                "28 | model.convolution.kernel=1 | model.convolution.kernel must be at least the largest stride, 2, but is 1",
                "28 | model.convolution.kernel=65 | model.convolution.kernel must be at most 64, but is 65",
                "28 | model.convolution.channels=[9000] | model.convolution.channels must make images of at most 1048576"
                        + " values in each layer, from 28x28x1 on with strides [2], but is [9000]",
            })
    void invalidSettingsAreRefusedByTheNameOfTheirKey(int height, String overrides, String message) {
        assertThatThrownBy(() -> resolve(height, 28, 1, convolutional(overrides)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "256 | 256 | 1 | model.convolution.channels=[64]:model.convolution.strides=[2] | model.convolution.channels"
                        + " must make images of at most 1048575 values, from 256x256x1 on with strides [2], since other"
                        + " columns take 1 beside them, but is [64]",
                "256 | 256 | 1 | model.convolution.channels=[64,4]:model.convolution.strides=[2,2] |"
                        + " model.convolution.channels must make images of at most 1048320 values, from 256x256x1 on with"
                        + " strides [2, 2], since other columns take 256 beside them, but is [64, 4]",
                "32 | 1024 | 0 | model.convolution.channels=[128,128]:model.convolution.kernel=64 | model.convolution.kernel"
                        + " must be so small that a line of 256 patches, each of kernel x kernel x 128 values, has at most"
                        + " 67108864, but is 64",
                "32 | 1024 | 0 | model.convolution.channels=[128,128]:model.convolution.kernel=32 | ''",
            })
    void layersThatHaveNoRoomAreRefusedByTheNameOfTheirKey(
            int height, int width, int others, String overrides, String message) {
        TestEncoders.Builder encoder = TestEncoders.encoder().image("picture", new ImageShape(height, width, 1));
        FeatureEncoder columns = (others == 0 ? encoder : encoder.real("number", 0, 1)).build();
        Configuration settings = Configuration.defaults().withOverrides(List.of(convolutional(overrides)));
        if (message.isEmpty()) {
            assertThat(VaeSpecResolver.resolve(settings, columns, 100).inputSize())
                    .isEqualTo(height * width + others);
        } else {
            assertThatThrownBy(() -> VaeSpecResolver.resolve(settings, columns, 100))
                    .isInstanceOfSatisfying(
                            ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                    .hasMessage(message);
        }
    }

    @Test
    void tablesHaveNoConvolutions() {
        assertThatThrownBy(() -> VaeSpecResolver.resolve(
                        Configuration.defaults().withOverrides(List.of(convolutional(""))),
                        TestEncoders.encoder().real("number", 0, 1).build(),
                        100))
                .isInstanceOf(ElbowException.class)
                .hasMessage("model.network must be dense unless one column of images is modelled, but is convolutional"
                        + " with none");
    }

    private static String[] convolutional(String overrides) {
        List<String> all = new ArrayList<>(List.of("model.network=convolutional"));
        if (!overrides.isEmpty()) {
            all.addAll(List.of(overrides.split(":")));
        }
        return all.toArray(String[]::new);
    }

    private static VaeSpec resolve(int height, int width, int channels, String... overrides) {
        return VaeSpecResolver.resolve(
                Configuration.defaults().withOverrides(List.of(overrides)),
                TestEncoders.encoder()
                        .image("picture", new ImageShape(height, width, channels))
                        .build(),
                100);
    }
}
