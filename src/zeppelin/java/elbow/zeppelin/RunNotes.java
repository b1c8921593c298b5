package elbow.zeppelin;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs every paragraph of notes in a Zeppelin of its own and says how long each took. Ends with exit code 1 unless all
 * of them finish: {@code RunNotes ZEPPELIN [--store] NOTE...}. With {@code --store} the results are written back into
 * the notes; a result that has a line of the system property {@value #REVEALING} is refused: what names this machine,
 * its user or a path on it.
 */
public final class RunNotes {
    private static final String REVEALING = "elbow.revealing";

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final ZeppelinServer server;
    private final List<String> revealing;

    private RunNotes(ZeppelinServer server, List<String> revealing) {
        this.server = server;
        this.revealing = revealing;
    }

    /** Runs the notes that the arguments name. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(List.of(arguments));
        Path home = Path.of(rest.remove(0)).toAbsolutePath().normalize();
        boolean store = rest.remove("--store");
        List<String> revealing = store ? revealing() : List.of();
        boolean failed = false;
        try (ZeppelinServer server = ZeppelinServer.start(home)) {
            System.out.printf(Locale.ROOT, "Zeppelin is up after %.0f s%n", server.startSeconds());
            RunNotes run = new RunNotes(server, revealing);
            for (String note : rest) {
                failed |= !run.run(Path.of(note), store);
            }
        }
        System.out.println(failed ? "Zeppelin: a paragraph failed" : "Zeppelin: every paragraph finished");
        System.exit(failed ? 1 : 0);
    }

    /** Texts that no stored result may have. */
    private static List<String> revealing() {
        String texts = System.getProperty(REVEALING, "");
        if (texts.isBlank()) {
            throw new IllegalArgumentException(
                    REVEALING + " must have lines that results must not name with --store, but is '" + texts + "'");
        }
        return texts.lines()
                .filter(text -> text.length() > 2 && !text.equals("localhost"))
                .toList();
    }

    private boolean run(Path file, boolean store) throws IOException, InterruptedException {
        JsonObject note = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        long start = System.nanoTime();
        JsonArray ran = server.run(withoutResults(note));
        boolean finished = true;
        JsonArray paragraphs = note.getAsJsonArray("paragraphs");
        for (int i = 0; i < paragraphs.size(); i++) {
            JsonObject written = paragraphs.get(i).getAsJsonObject();
            JsonObject result = ran.get(i).getAsJsonObject();
            String status = result.get("status").getAsString();
            String title = written.has("title") ? written.get("title").getAsString() : "paragraph " + (i + 1);
            System.out.printf(Locale.ROOT, "  %-9s %s%n", status, title);
            if (!status.equals("FINISHED")) {
                finished = false;
                System.out.println(result.get("results"));
            } else {
                written.add("results", kept(file, title, result.get("results")));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %s in %.1f s%n",
                file.getFileName(),
                finished ? "finished" : "FAILED",
                (System.nanoTime() - start) / 1e9);
        if (finished && store) {
            Files.writeString(file, JSON.toJson(note) + "\n");
        }
        return finished;
    }

    private JsonObject kept(Path file, String title, JsonElement results) {
        String text = results.toString();
        for (String name : revealing) {
            if (text.contains(name)) {
                throw new IllegalStateException(
                        "results of " + file + ", " + title + ", must not name this machine, but have " + name);
            }
        }
        JsonObject kept = new JsonObject();
        kept.add("code", results.getAsJsonObject().get("code"));
        kept.add("msg", results.getAsJsonObject().get("msg"));
        return kept;
    }

    private static String withoutResults(JsonObject note) {
        JsonObject copy = note.deepCopy();
        for (JsonElement paragraph : copy.getAsJsonArray("paragraphs")) {
            paragraph.getAsJsonObject().remove("results");
            paragraph.getAsJsonObject().addProperty("status", "READY");
        }
        return copy.toString();
    }
}
