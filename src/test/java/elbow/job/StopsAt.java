package elbow.job;

import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a command writes; asks it to stop when it has written a text. */
public final class StopsAt extends ByteArrayOutputStream {
    private final String text;
    private final Stop stop;

    public StopsAt(String text, Stop stop) {
        this.text = text;
        this.stop = stop;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        if (text().contains(text)) {
            stop.ask();
        }
    }

    public String text() {
        return toString(StandardCharsets.UTF_8);
    }
}
