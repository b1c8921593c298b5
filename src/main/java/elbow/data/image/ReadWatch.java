package elbow.data.image;

import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a reader of the JDK warns of, and how far it comes. Where pixels are missing or damaged many of them go on
 * with grey or black ones, and a warning is all that they say.
 */
final class ReadWatch implements IIOReadWarningListener, IIOReadProgressListener {
    private static final float ALL = 100;

    private @Nullable String warning;
    private float done;

    /** Starts to listen to a reader. */
    static ReadWatch of(ImageReader reader) {
        ReadWatch watch = new ReadWatch();
        reader.addIIOReadWarningListener(watch);
        reader.addIIOReadProgressListener(watch);
        return watch;
    }

    /** @throws IOException if the reader has warned of damage */
    void requireSound() throws IOException {
        if (warning != null) {
            throw new IOException(warning);
        }
    }

    /** @throws IOException if the reader has not come to the last row */
    void requireWhole() throws IOException {
        if (done < ALL) {
            throw ImageFile.cut("the last of its rows");
        }
    }

    @Override
    public void warningOccurred(ImageReader source, String text) {
        if (warning == null && !isHarmless(text)) {
            warning = text;
        }
    }

    // A profile that is no profile, and what some cameras write around pixels that are right.
    private static boolean isHarmless(String text) {
        return Stream.of("ignor", "unknown JFIF revision", "Invalid SOS parameters")
                .anyMatch(text::contains);
    }

    @Override
    public void imageProgress(ImageReader source, float percentage) {
        done = percentage;
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {
        // One image.
    }

    @Override
    public void sequenceComplete(ImageReader source) {
        // One image.
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {
        done = 0;
    }

    @Override
    public void imageComplete(ImageReader source) {
        // Called even if rows are missing.
    }

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
        // Not read.
    }

    @Override
    public void thumbnailProgress(ImageReader source, float percentage) {
        // Not read.
    }

    @Override
    public void thumbnailComplete(ImageReader source) {
        // Not read.
    }

    @Override
    public void readAborted(ImageReader source) {
        // Nothing aborts it.
    }
}
