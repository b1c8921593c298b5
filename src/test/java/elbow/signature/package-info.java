@NullMarked
package elbow.signature;

import org.jspecify.annotations.NullMarked;
