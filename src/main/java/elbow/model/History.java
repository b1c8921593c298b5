package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code history.jsonl}, both ways: one {@link HistoryEntry} a line, in the order of training. */
public final class History {
    private static final String KL_BY_LATENT = "klByLatent";
    private static final String VARIANCES = "latentVariances";

    private History() {}

    /** All lines, each ended by a line feed. */
    public static String write(List<HistoryEntry> entries) {
        StringBuilder text = new StringBuilder();
        for (HistoryEntry entry : entries) {
            ObjectNode json = JsonReader.newObject();
            json.put("epoch", entry.epoch());
            json.put("round", entry.round());
            json.put("step", entry.step());
            json.put("examples", entry.examples());
            json.set("seconds", JsonReader.number(entry.seconds()));
            json.set("elbo", JsonReader.number(entry.elbo()));
            // Of runs that leave no rows out it is the same.
            if (Double.compare(entry.trimmedElbo(), entry.elbo()) != 0) {
                json.set("trimmedElbo", JsonReader.number(entry.trimmedElbo()));
            }
            json.set("reconstruction", JsonReader.number(entry.reconstruction()));
            json.set("kl", JsonReader.number(entry.kl()));
            json.set("trainingElbo", JsonReader.number(entry.trainingElbo()));
            json.put("activeUnits", entry.activeUnits());
            json.set("examplesPerSecond", JsonReader.number(entry.examplesPerSecond()));
            writeUse(entry.latents(), json);
            text.append(json).append('\n');
        }
        return text.toString();
    }

    /**
     * The entries of a text.
     *
     * @param document what error messages call it
     * @throws elbow.base.DocumentException if it is not such a text
     */
    public static List<HistoryEntry> read(String document, String text) {
        List<HistoryEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            entries.add(JsonReader.read(document + ":" + number, line, History::entry));
        }
        return entries;
    }

    private static HistoryEntry entry(JsonReader json) {
        return new HistoryEntry(
                json.integer("epoch"),
                json.integer("round"),
                json.longInteger("step"),
                json.longInteger("examples"),
                json.number("seconds"),
                json.number("elbo"),
                json.number(json.has("trimmedElbo") ? "trimmedElbo" : "elbo"),
                json.number("reconstruction"),
                json.number("kl"),
                json.number("trainingElbo"),
                json.integer("activeUnits"),
                json.number("examplesPerSecond"),
                new LatentUse(numbers(json, KL_BY_LATENT), numbers(json, VARIANCES)));
    }

    // Earlier histories have neither; models whose KL divergence is known by samples have no KL by latent.
    private static void writeUse(LatentUse latents, ObjectNode json) {
        write(KL_BY_LATENT, latents.kl(), json);
        write(VARIANCES, latents.variances(), json);
    }

    private static void write(String field, List<Double> numbers, ObjectNode json) {
        if (!numbers.isEmpty()) {
            ArrayNode array = json.putArray(field);
            numbers.forEach(number -> array.add(JsonReader.number(number)));
        }
    }

    private static List<Double> numbers(JsonReader json, String field) {
        return json.has(field) ? Arrays.stream(json.numbers(field)).boxed().toList() : List.of();
    }
}
