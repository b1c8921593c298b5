package elbow.tune;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.Locale;

/** A search's result as {@code trials.json}. */
final class TuningJson {
    private TuningJson() {}

    static String write(TuningResult result) {
        TuningPlan plan = result.plan();
        ObjectNode root = JsonReader.newObject();
        root.put("objective", plan.objective().toString().toLowerCase(Locale.ROOT));
        root.put("unit", plan.objective().unit());
        root.put("trainingRows", plan.trainingRows());
        root.put("validationRows", plan.validationRows());
        root.put("winner", result.winner().trial().number());
        ObjectNode space = root.putObject("space");
        plan.space().forEach(space::put);
        ArrayNode brackets = root.putArray("brackets");
        plan.brackets().forEach(bracket -> {
            ArrayNode rungs = brackets.addArray();
            bracket.rungs()
                    .forEach(rung ->
                            rungs.addObject().put("trials", rung.trials()).put("epochs", rung.epochs()));
        });
        ArrayNode trials = root.putArray("trials");
        result.trials().forEach(ranked -> write(ranked, trials.addObject()));
        return JsonReader.pretty(root);
    }

    private static void write(RankedTrial ranked, ObjectNode node) {
        node.put("rank", ranked.rank());
        node.put("trial", ranked.trial().number());
        node.put("bracket", ranked.trial().bracket() + 1);
        ObjectNode settings = node.putObject("settings");
        ranked.trial().settings().forEach(settings::put);
        ArrayNode runs = node.putArray("runs");
        ranked.runs().forEach(run -> {
            ObjectNode written = TrialLedger.write(run);
            written.remove("trial");
            runs.add(written);
        });
    }
}
