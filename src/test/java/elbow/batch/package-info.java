@NullMarked
package elbow.batch;

import org.jspecify.annotations.NullMarked;
