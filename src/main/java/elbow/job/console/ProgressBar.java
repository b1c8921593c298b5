package elbow.job.console;

import elbow.base.Check;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long task is: on a terminal a bar that moves in place, elsewhere a line every few seconds. Close it when
 * the task ends, well or not.
 */
public final class ProgressBar implements AutoCloseable {
    private static final int BAR_WIDTH = 20;
    private static final int LONGEST_LINE = 120;
    private static final double SECONDS_BETWEEN_FRAMES = 0.1;
    private static final double SECONDS_BETWEEN_LINES = 5;

    private final Console console;
    private final String label;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private boolean anyShown;
    private boolean latestShown = true;
    private String latest = "";

    /** A bar that has not moved yet. */
    public ProgressBar(Console console, String label) {
        this(console, label, System::nanoTime);
    }

    ProgressBar(Console console, String label, LongSupplier nanoTime) {
        this.console = console;
        this.label = label;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /**
     * Says how far the task is; shown if the last showing is long enough ago.
     *
     * @param fraction of the task that is done, in [0, 1]
     * @param message what else to show, on one line
     */
    public synchronized void update(double fraction, String message) {
        Check.argument(fraction >= 0 && fraction <= 1, "fraction", "lie in [0, 1]", fraction);
        long now = nanoTime.getAsLong();
        latest = line(fraction, message, seconds(start, now));
        latestShown = false;
        double pause = console.isTerminal() ? SECONDS_BETWEEN_FRAMES : SECONDS_BETWEEN_LINES;
        if (!anyShown || seconds(lastShown, now) >= pause) {
            show(now);
        }
    }

    /** Leaves the last state behind as a plain line. */
    @Override
    public synchronized void close() {
        if (console.isTerminal() ? anyShown : !latestShown) {
            console.note(latest);
        }
        latestShown = true;
        anyShown = false;
    }

    private void show(long now) {
        if (console.isTerminal()) {
            int width = Math.min(console.columns() - 1, LONGEST_LINE);
            console.status(latest.length() > width ? latest.substring(0, width) : latest);
        } else {
            console.note(latest);
        }
        lastShown = now;
        anyShown = true;
        latestShown = true;
    }

    private String line(double fraction, String message, double elapsed) {
        String percent = String.format(Locale.ROOT, "%3d %%", Math.round(100 * fraction));
        String left =
                fraction > 0 && fraction < 1 ? ", " + duration(elapsed * (1 - fraction) / fraction) + " left" : "";
        int filled = (int) Math.round(fraction * BAR_WIDTH);
        String bar = console.isTerminal() ? "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " : "";
        return label + " " + bar + percent + (message.isEmpty() ? "" : "  " + message) + left;
    }

    /** Seconds as minutes:seconds, or hours:minutes:seconds. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
