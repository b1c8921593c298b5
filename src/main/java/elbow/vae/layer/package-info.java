/**
 * Layers of the encoder and the decoder, and where their parameters stand in one flattened vector.
 *
 * <p>A {@link elbow.vae.layer.LayerSpec} is a layer as the spec has it; it declares its parameters, says what memory it
 * takes, and makes the {@link elbow.vae.layer.Layer} that computes. Between two layers stands one row-major matrix,
 * rows x width. A layer owns its output memory; backward consumes the output, whose memory takes the gradient before
 * the activation. How a dense layer multiplies is a product of its own: fast in training, independent of a row's place
 * in scoring.
 *
 * <p>Images stand in a row as {@link elbow.vae.layer.ImageSize} says. {@code LinearConvolution} is a strided
 * convolution and its exact adjoint in one; what is not of the image passes beside
 * ({@link elbow.vae.layer.BesideSpec}).
 *
 * <p>A new layer is its record, its layer, its line in {@link elbow.vae.layer.LayerReaders}, and its tests; to be
 * exported, its operators in {@code elbow.export}.
 */
@NullMarked
package elbow.vae.layer;

import org.jspecify.annotations.NullMarked;
