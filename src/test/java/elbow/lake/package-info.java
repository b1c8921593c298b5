@NullMarked
package elbow.lake;

import org.jspecify.annotations.NullMarked;
