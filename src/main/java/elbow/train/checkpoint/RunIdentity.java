package elbow.train.checkpoint;

import elbow.base.Message;
import elbow.base.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes two runs the same run: they would lead to the same model.
 *
 * @param facts by name: settings, versions, and what was found out about the data
 */
public record RunIdentity(SortedMap<String, String> facts) {
    public RunIdentity {
        facts = new TreeMap<>(facts);
    }

    /** Each fact that is not the same, in words; those that one of the two does not have are left aside. */
    public List<Message> differences(RunIdentity checkpoint) {
        TreeSet<String> common = new TreeSet<>(facts.keySet());
        common.retainAll(checkpoint.facts.keySet());
        List<Message> differences = new ArrayList<>();
        for (String name : common) {
            String here = facts.get(name);
            String there = checkpoint.facts.get(name);
            if (!String.valueOf(here).equals(there)) {
                differences.add(Message.of(new Parameter(name), " is " + here + " and was " + there));
            }
        }
        return differences;
    }

    /** These facts and others. */
    public RunIdentity with(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(facts);
        all.putAll(more);
        return new RunIdentity(all);
    }
}
