/** Tests of the kernel, against a reference in double that shares no code with it. */
@NullMarked
package elbow.vae;

import org.jspecify.annotations.NullMarked;
