/**
 * A model as graphs of ONNX, for programs without Spark and Java, and as a model of MLflow:
 * {@link elbow.export.OnnxExport} is what others call.
 *
 * <pre>
 * Graph, Tensor         a graph that is being built, and a value in it with what can be computed of it
 * ColumnGraph           one column's way in, as the slots of elbow.data.encoding; EncodingGraph: of all columns
 * InputGraph            what encoder and likelihoods see of encoded rows, as elbow.vae.input
 * NetworkGraph          the walk through a spec, as elbow.vae.Network: LayerGraph, FlowGraph, PriorGraph,
 *                       LikelihoodGraph are its parts, by the packages of elbow.vae
 * DecodingGraph         the way back to the columns' units
 * TextureGraph          what the anomaly score of binary images takes off; TailGraph, NeighbourGraph: what tails and
 *                       the distance to training rows add to it
 * ModelGraphs           the graphs of a model, one for each GraphKind
 * MlflowFiles           MLmodel and what it names
 * Description           description.json
 * </pre>
 *
 * <p>A graph repeats formulas of the kernel in operators; the tests hold each against the kernel's numbers. So a new
 * likelihood, layer, prior, posterior or feature needs its operators here, and its line in those tests; until then its
 * models are refused by name. Names and types of inputs and outputs, and description.json, are read by others'
 * programs: they are kept. How a graph computes may change.
 */
@NullMarked
package elbow.export;

import org.jspecify.annotations.NullMarked;
