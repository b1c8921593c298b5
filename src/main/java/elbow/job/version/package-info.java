/**
 * The commands that have to do with the versions of a model and nothing else: what {@link elbow.model.ModelVersions}
 * does, at the command line.
 *
 * <p>That {@code train} writes a version belongs to {@link elbow.job.run}; another command on versions belongs here.
 */
@NullMarked
package elbow.job.version;

import org.jspecify.annotations.NullMarked;
