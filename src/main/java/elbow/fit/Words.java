package elbow.fit;

import elbow.data.feature.FeatureEncoder;
import elbow.vae.VaeSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of columns and networks in more than one place. */
final class Words {
    private Words() {}

    static String columns(FeatureEncoder encoder) {
        String used = encoder.image()
                .map(shape -> "images of " + shape)
                .orElse(encoder.features().size() + " columns");
        List<String> left = encoder.leftOut().stream()
                .map(column -> column.column() + " (" + column.reason() + ")")
                .toList();
        return left.isEmpty() ? used : used + "; left out: " + String.join(", ", left);
    }

    static String network(VaeSpec spec) {
        return Stream.of(
                        Stream.of(spec.inputSize()),
                        spec.encoderSizes().stream(),
                        Stream.of(spec.latentSize()),
                        spec.decoderSizes().stream(),
                        Stream.of(spec.inputSize()))
                .flatMap(sizes -> sizes)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }

    static int parameters(VaeSpec spec) {
        return spec.layout().length();
    }
}
