package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.layer.BesideSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.ConvolutionSpec.Direction;
import elbow.vae.layer.ImageOutputSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Layers of images, one scalar at a time from their definition; parameters come in the order of the layout. */
final class ReferenceConvolution {
    private final Tape tape;
    private final Supplier<Scalar> parameters;

    ReferenceConvolution(Tape tape, Supplier<Scalar> parameters) {
        this.tape = tape;
        this.parameters = parameters;
    }

    /** The outputs before the activation. */
    List<Scalar> of(ConvolutionSpec layer, List<Scalar> input) {
        ImageSize small = small(layer.image(), layer.channels(), layer.stride());
        Scalar[][] filters =
                next(layer.kernel() * layer.kernel() * layer.image().channels(), layer.channels());
        boolean down = layer.direction() == Direction.DOWN;
        Scalar[] bias = next(1, down ? layer.channels() : layer.image().channels())[0];
        Scalar[] sums = new Scalar[down ? small.values() : layer.image().values()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = bias[i % bias.length];
        }
        add(layer.direction(), layer.image(), small, layer.kernel(), layer.stride(), filters, input, sums);
        return Arrays.asList(sums);
    }

    /** The outputs of layers for the first values of a row, and the others. */
    List<Scalar> of(
            BesideSpec layer, List<Scalar> input, BiFunction<List<Scalar>, List<LayerSpec>, List<Scalar>> layers) {
        List<Scalar> made = new ArrayList<>(layers.apply(input.subList(0, layer.width()), layer.layers()));
        made.addAll(input.subList(layer.width(), layer.width() + layer.others()));
        return made;
    }

    List<Scalar> of(ImageOutputSpec layer, List<Scalar> input) {
        ImageSize small = small(layer.image(), layer.channels(), layer.stride());
        Scalar[] outputs = new Scalar[layer.outputs()];
        for (int plane : layer.planes()) {
            Scalar[] sums = new Scalar[layer.image().values()];
            Arrays.fill(sums, tape.constant(0));
            Scalar[][] filters =
                    next(layer.kernel() * layer.kernel() * layer.image().channels(), layer.channels());
            add(Direction.UP, layer.image(), small, layer.kernel(), layer.stride(), filters, input, sums);
            System.arraycopy(sums, 0, outputs, plane, sums.length);
        }
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == null) {
                others.add(i);
                outputs[i] = tape.constant(0);
            }
        }
        if (layer.others() > 0) {
            Scalar[][] weights = next(layer.others(), others.size());
            for (int i = 0; i < layer.others(); i++) {
                for (int j = 0; j < others.size(); j++) {
                    int at = others.get(j);
                    outputs[at] = outputs[at].plus(input.get(small.values() + i).times(weights[i][j]));
                }
            }
        }
        Scalar[] bias = next(1, outputs.length)[0];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = outputs[i].plus(bias[i]);
        }
        return Arrays.asList(outputs);
    }

    private void add(
            Direction direction,
            ImageSize large,
            ImageSize small,
            int kernel,
            int stride,
            Scalar[][] filters,
            List<Scalar> input,
            Scalar[] sums) {
        int before = (kernel - stride) / 2;
        for (int y = 0; y < small.height(); y++) {
            for (int x = 0; x < small.width(); x++) {
                for (int i = 0; i < filters.length; i++) {
                    int channel = i % large.channels();
                    int atX = x * stride - before + i / large.channels() % kernel;
                    int atY = y * stride - before + i / large.channels() / kernel;
                    if (atX < 0 || atX >= large.width() || atY < 0 || atY >= large.height()) {
                        continue;
                    }
                    int ofLarge = (atY * large.width() + atX) * large.channels() + channel;
                    for (int c = 0; c < small.channels(); c++) {
                        int ofSmall = (y * small.width() + x) * small.channels() + c;
                        int from = direction == Direction.DOWN ? ofLarge : ofSmall;
                        int to = direction == Direction.DOWN ? ofSmall : ofLarge;
                        sums[to] = sums[to].plus(input.get(from).times(filters[i][c]));
                    }
                }
            }
        }
    }

    private static ImageSize small(ImageSize large, int channels, int stride) {
        return new ImageSize(large.height() / stride, large.width() / stride, channels);
    }

    private Scalar[][] next(int rows, int columns) {
        Scalar[][] block = new Scalar[rows][columns];
        for (Scalar[] row : block) {
            for (int i = 0; i < columns; i++) {
                row[i] = parameters.get();
            }
        }
        return block;
    }
}
