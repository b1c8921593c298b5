package elbow.job;

import elbow.base.Configuration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of arguments that a command does not know: the nearest that it does, or the setting that they name. */
final class UnknownArguments {
    /** Sections whose keys only the command of the name heeds. */
    private static final List<String> SECTIONS = List.of("batch", "tune");

    private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1);

    private UnknownArguments() {}

    static String message(CommandLine command, List<String> unmatched) {
        UnmatchedArgumentException found = new UnmatchedArgumentException(command, unmatched);
        String what = found.isUnknownOption() ? "option" : command.getParent() == null ? "command" : "argument";
        String text = "unknown " + what + " '" + unmatched.get(0) + "'";
        Optional<String> key = found.isUnknownOption() ? key(command, word(unmatched.get(0))) : Optional.empty();
        if (key.isPresent()) {
            return text + "; the setting " + key.get() + " is given by -D " + key.get() + "=VALUE";
        }
        List<String> close = found.getSuggestions();
        return text + (close.isEmpty() ? "" : "; the nearest known is '" + close.get(0) + "'");
    }

    private static String word(String option) {
        return option.replaceFirst("^-+", "").replaceFirst("[= ].*", "");
    }

    // --epochs is training.epochs; one letter may be wrong or missing, if no setting has the very name and no option is
    // so near.
    private static Optional<String> key(CommandLine command, String word) {
        if (command.getCommandSpec().findOption("-D") == null) {
            return Optional.empty();
        }
        boolean nearsOption = command.getCommandSpec().optionsMap().keySet().stream()
                .anyMatch(option -> ONE_EDIT.apply(word, word(option)) >= 0);
        return Configuration.defaults().asTexts().keySet().stream()
                .filter(key -> SECTIONS.stream()
                        .noneMatch(
                                section -> key.startsWith(section + ".") && !section.equals(command.getCommandName())))
                .filter(key -> nearsOption ? edits(word, key) == 0 : edits(word, key) >= 0)
                .min(Comparator.comparingInt((String key) -> edits(word, key))
                        .thenComparing(Comparator.naturalOrder()));
    }

    // From the word to the last part of a key; -1 for more than one.
    private static int edits(String word, String key) {
        return ONE_EDIT.apply(word, key.substring(key.lastIndexOf('.') + 1));
    }
}
