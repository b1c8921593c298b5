package elbow.report;

import elbow.report.BatchReport.Contribution;
import java.util.List;

/** Says what makes a row strange to those who have never heard of the model. */
final class StrangeWords {
    private static final String LATENT = "latent";
    private static final String OTHER = "other";

    private StrangeWords() {}

    /** What raises a score, the largest part first, one on each line; parts that lower it are left out. */
    static Html of(List<Contribution> parts, int most) {
        return Html.join(parts.stream()
                .filter(part -> part.nats() > 0)
                .limit(most)
                .map(part -> Html.of("<div>{} (+{})</div>", sentence(part), Numbers.nats(part.nats())))
                .toList());
    }

    /** One part in words: "heart rate is 190; about 141 was expected". */
    static Html sentence(Contribution part) {
        boolean silent = part.observed().isEmpty() && part.expected().isEmpty();
        if (silent && part.column().equals(LATENT)) {
            return new Html("<strong>the combination</strong> of all values is unusual");
        }
        if (silent && part.column().equals(OTHER)) {
            return new Html("<strong>all other columns</strong> together");
        }
        if (silent) {
            return Html.of("<strong>{}</strong>", part.column());
        }
        String found = part.observed().isEmpty() ? "has no value" : "is " + part.observed();
        return Html.of("<strong>{}</strong> {}{}", part.column(), found, expected(part.expected()));
    }

    private static String expected(String expected) {
        if (expected.isEmpty()) {
            return "";
        }
        return "; " + (expected.matches("[-0-9.Ee]+") ? "about " : "") + expected + " was expected";
    }
}
