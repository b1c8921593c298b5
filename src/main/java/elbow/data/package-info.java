/**
 * From files to what the network reads, in rooms that build on each other:
 *
 * <pre>
 * source      files to rows, bad ones marked
 * rows        bad rows, the split into training and validation rows
 * infer       types told from values, an encoder fitted to them
 * feature     the fitted encoder: columns to encoded rows, and back
 * shard       encoded rows packed and laid out, one shard for each replica
 * reference   how the training values were spread
 * table       what all of these stand on: column names, fields, numbers in text, images, errors about input
 * </pre>
 */
package elbow.data;
