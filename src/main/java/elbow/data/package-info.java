/**
 * From files to what the network reads, in rooms that build on each other:
 *
 * <pre>
 * listing     files and directories that a user names, to files
 * text        lines of text files to values, as their dialect says
 * source      files to rows, bad ones marked
 * rows        bad rows, the split into training and validation rows
 * infer       types inferred from values, an encoder fitted to them
 * feature     the fitted encoder: what each column is to the network
 * encoding    rows to encoded rows, and back
 * shard       encoded rows packed and laid out, one shard for each replica
 * reference   how the training values were spread
 * image       pictures to pixels, and back
 * table       what all of these stand on: column names, fields, numbers in text, errors about input
 * </pre>
 *
 * <p>This package has no class of its own. A new file format is a source, a new kind of column a feature with its slot
 * in {@code encoding}. What fitted encoders, keys and shards of existing models make of a row stays, to the bit: it
 * decides on the split, the noise and the scores.
 */
package elbow.data;
