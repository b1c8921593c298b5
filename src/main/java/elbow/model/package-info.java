/**
 * The model directory: manifest, feature encoder, network, history and calibration; safe loading and atomic saving.
 *
 * <p>Directories of every older build stay readable, with the same scores: a new field is one that older manifests may
 * lack, and its absence means what they did.
 */
@NullMarked
package elbow.model;

import org.jspecify.annotations.NullMarked;
