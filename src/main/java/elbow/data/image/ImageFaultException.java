package elbow.data.image;

import java.io.IOException;
import java.io.Serial;

/** A file of an image that is sound, but not one to read. The message goes on "must hold images, but". */
final class ImageFaultException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ImageFaultException(String message) {
        super(message);
    }
}
