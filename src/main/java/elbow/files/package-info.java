/** What appears at its place whole or not at all, on any Hadoop file system. */
@NullMarked
package elbow.files;

import org.jspecify.annotations.NullMarked;
