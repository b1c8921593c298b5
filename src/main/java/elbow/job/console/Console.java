package elbow.job.console;

import elbow.base.ControlCharacters;
import elbow.base.Message;
import elbow.base.Secrets;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user sees: results on standard output, everything else (notes, progress, errors) on standard error. The full
 * log goes to a file instead. Secrets and control characters are taken out of everything that is shown.
 *
 * <p>The launcher says by system properties what only it can know: {@code elbow.terminal} (standard error is a
 * terminal), {@code elbow.terminal.out} (standard output is one), {@code elbow.columns} (their width) and
 * {@code elbow.log} (the log file).
 */
public final class Console {
    // Some terminals say 0 when they do not know.
    private static final int NARROWEST = 40;

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final Kind kind;
    private final int columns;
    private final Optional<String> logFile;
    private boolean statusShown;

    /**
     * What is at the other end of the streams.
     *
     * @param terminal whether standard error is a terminal
     * @param outTerminal whether standard output is one
     * @param colour whether colours are shown there
     * @param quiet whether notes and progress are left out
     */
    private record Kind(boolean terminal, boolean outTerminal, boolean colour, boolean quiet) {}

    private Console(PrintStream out, PrintStream err, Kind kind, int columns, Optional<String> logFile) {
        this.out = out;
        this.err = err;
        this.kind = kind;
        this.columns = columns;
        this.logFile = logFile;
    }

    /** The console of this process. */
    public static Console ofProcess() {
        boolean terminal = Boolean.getBoolean("elbow.terminal");
        return new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                new Kind(
                        terminal,
                        Boolean.getBoolean("elbow.terminal.out"),
                        terminal && coloursAllowed(System.getenv()),
                        false),
                Math.max(NARROWEST, Integer.getInteger("elbow.columns", 80)),
                Optional.ofNullable(System.getProperty("elbow.log")));
    }

    /** A console that writes to the given streams: no terminal, no colour, no log file. */
    public static Console plain(PrintStream out, PrintStream err) {
        return new Console(out, err, new Kind(false, false, false, false), 80, Optional.empty());
    }

    /** A console that writes to the given streams as to a terminal without colour. */
    static Console terminal(PrintStream out, PrintStream err, int columns) {
        return new Console(out, err, new Kind(true, true, false, false), columns, Optional.empty());
    }

    /** The same with errors and results only. */
    public Console quiet() {
        return new Console(out, err, new Kind(kind.terminal, kind.outTerminal, kind.colour, true), columns, logFile);
    }

    // https://no-color.org: present and not empty, whatever the value.
    public static boolean coloursAllowed(Map<String, String> environment) {
        @Nullable String noColour = environment.get("NO_COLOR");
        return (noColour == null || noColour.isEmpty()) && !"dumb".equals(environment.get("TERM"));
    }

    /** Prints a result. */
    public synchronized void print(String text) {
        clearStatus();
        out.println(shown(text));
    }

    /** Prints a table of results, as wide as the terminal allows. */
    public void print(Table table) {
        print(kind.outTerminal ? table.render(columns) : table.render());
    }

    /** Prints a line about the run, which is no result. */
    public void note(String line) {
        if (!kind.quiet) {
            advise(line);
        }
    }

    /** Prints a sentence about the run, its parameters called by their flags. */
    public void note(Message message) {
        note(ControlCharacters.masked(message.text(Flags::of)));
    }

    /** Prints a table about the run, as wide as the terminal allows. */
    public void note(Table table) {
        note(kind.terminal ? table.render(columns) : table.render());
    }

    /** Prints a line that belongs to an error. */
    public synchronized void advise(String line) {
        clearStatus();
        err.println(shown(line));
    }

    /** Prints a line on what may be wrong although the run goes on. */
    public void warning(String line) {
        note("Warning: " + ControlCharacters.masked(line));
    }

    /** Prints the one line that says why the run ends. */
    public synchronized void error(String message) {
        clearStatus();
        err.println((kind.colour ? RED + "elbow:" + PLAIN : "elbow:") + " "
                + shown(ControlCharacters.masked(message.strip())));
    }

    /** Shows a line that the next output replaces; only for a terminal. */
    synchronized void status(String line) {
        if (kind.quiet) {
            return;
        }
        err.print(CLEAR_LINE + shown(ControlCharacters.masked(line)));
        err.flush();
        statusShown = true;
    }

    /** Removes the line that {@link #status} shows, if any. */
    synchronized void clearStatus() {
        if (statusShown) {
            err.print(CLEAR_LINE);
            err.flush();
            statusShown = false;
        }
    }

    /**
     * The text without secrets, and without what makes a terminal do something: names of columns and values come from
     * whoever made the data, or the model. Of several lines: what is one line by itself, such as an error or a table's
     * cell, is made one before, so that no name can pretend to be another line.
     */
    static String shown(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Secrets.mask(text).codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !ControlCharacters.contain(c)) {
                plain.appendCodePoint(c);
            } else if (c != '\r') {
                plain.append('?');
            }
        });
        return plain.toString();
    }

    /** Whether standard error is a terminal. */
    boolean isTerminal() {
        return kind.terminal;
    }

    /** Width of the terminal, in characters. */
    int columns() {
        return columns;
    }

    /** Where the full log of this process goes, if the launcher set it up. */
    public Optional<String> logFile() {
        return logFile;
    }

    public PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }
}
