package elbow.files;

import java.io.IOException;
import java.io.Serial;

/** A file that is read only under conditions that it does not meet; the message says which. */
public final class UnfitFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnfitFileException(String message) {
        super(message);
    }
}
