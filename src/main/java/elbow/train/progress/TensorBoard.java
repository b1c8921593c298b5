package elbow.train.progress;

import elbow.base.ErrorCategory;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import elbow.model.HistoryEntry;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Writes a run's figures to an event file that TensorBoard shows. Against the rounds stand the training's own figures,
 * against the steps those of held-out rows, in nats per row; the KL divergence of each latent where it is known.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {
    private final FSDataOutputStream file;
    private final Clock clock;

    private TensorBoard(FSDataOutputStream file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * A new event file.
     *
     * @param directory on any Hadoop file system
     * @throws elbow.base.ElbowException of category USAGE if it is no path of a known file system
     */
    public static TensorBoard open(String directory, Configuration hadoop) {
        return open(directory, hadoop, Clock.systemUTC());
    }

    static TensorBoard open(String directory, Configuration hadoop, Clock clock) {
        Place place = Place.of("training.tensorboard", directory, ErrorCategory.USAGE, hadoop);
        // Runs that begin in the same second have files of their own.
        String name =
                String.format(Locale.ROOT, "events.out.tfevents.%d.elbow.%s", clock.millis() / 1000, UUID.randomUUID());
        Path path = new Path(place.path(), name);
        try {
            TensorBoard board = new TensorBoard(place.files().create(path, false), clock);
            board.write(EventRecords.version(board.now()));
            return board;
        } catch (IOException e) {
            throw StorageFailure.of("write " + path, e);
        }
    }

    @Override
    public void roundFinished(RoundReport report) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("round/examplesPerSecond", report.examplesPerSecond());
        values.put("round/overhead", report.overhead());
        values.put("round/bytes", report.bytes());
        values.put("round/trainingElbo", report.trainingElbo());
        write(EventRecords.scalars(now(), report.round(), values));
    }

    @Override
    public void measured(HistoryEntry entry) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("elbo", entry.elbo());
        values.put("reconstruction", entry.reconstruction());
        values.put("kl", entry.kl());
        values.put("trainingElbo", entry.trainingElbo());
        values.put("activeUnits", (double) entry.activeUnits());
        List<Double> kl = entry.latents().kl();
        for (int latent = 0; latent < kl.size(); latent++) {
            values.put(String.format(Locale.ROOT, "klByLatent/%03d", latent), kl.get(latent));
        }
        write(EventRecords.scalars(now(), entry.step(), values));
    }

    private double now() {
        return clock.millis() / 1e3;
    }

    private void write(byte[] bytes) {
        try {
            file.write(bytes);
            file.hflush();
        } catch (IOException e) {
            throw StorageFailure.of("write to the TensorBoard event file", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw StorageFailure.of("close the TensorBoard event file", e);
        }
    }
}
