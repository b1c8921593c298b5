/**
 * Networks as graphs of ONNX, for programs without Spark and Java.
 *
 * <pre>
 * Graph, Tensor         a graph that is being built, and a value in it with what can be computed of it
 * InputGraph            what encoder and likelihoods see of encoded rows, as elbow.vae.input
 * NetworkGraph          the walk through a spec, as elbow.vae.Network: LayerGraph, FlowGraph, PriorGraph,
 *                       LikelihoodGraph are its parts, by the packages of elbow.vae
 * </pre>
 */
@NullMarked
package elbow.export;

import org.jspecify.annotations.NullMarked;
