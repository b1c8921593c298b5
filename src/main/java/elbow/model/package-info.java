/** The model directory: manifest, feature encoder, network, history and calibration; safe loading and atomic saving. */
@NullMarked
package elbow.model;

import org.jspecify.annotations.NullMarked;
