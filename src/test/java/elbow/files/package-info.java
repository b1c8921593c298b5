/** Tests of what appears whole or not at all, on stand-ins for each kind of file system. */
@NullMarked
package elbow.files;

import org.jspecify.annotations.NullMarked;
