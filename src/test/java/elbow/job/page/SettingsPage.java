package elbow.job.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page settings.md: every key of reference.conf, as a table for each section. */
final class SettingsPage {
    private static final Pattern OPENS = Pattern.compile("([\\w.-]+) \\{");
    private static final Pattern KEY = Pattern.compile("([\\w.-]+) = (.*)");

    /**
     * Keys that one comment is of.
     *
     * @param names in full
     * @param defaults as the file writes them, in the order of names
     * @param meaning the comment on one line
     */
    record Keys(List<String> names, List<String> defaults, String meaning) {}

    /**
     * A section in braces, or the keys outside of all.
     *
     * @param name empty of the keys outside of all
     * @param meaning the comment above it; may be empty
     */
    record Section(String name, String meaning, List<Keys> keys) {}

    private final List<Section> sections = new ArrayList<>();
    private final Deque<Section> open = new ArrayDeque<>();
    private String comment = "";

    private SettingsPage(String reference) {
        open.push(added(new Section("", "", new ArrayList<>())));
        reference.lines().map(String::strip).forEach(this::read);
    }

    /** The sections of reference.conf in their order, those without keys of their own too. */
    static List<Section> sections(String reference) {
        return new SettingsPage(reference).sections;
    }

    /** The page. */
    static String of(String reference) {
        StringBuilder page = new StringBuilder("""
                # Every setting

                The keys of [reference.conf](../../main/resources/elbow/reference.conf), which a file (`--config FILE`) or `-D KEY=VALUE`
                overrides: [Configuration](configuration.md) says how. A test holds this page to that file.
                """);
        for (Section section : sections(reference)) {
            if (!section.name().isEmpty()) {
                page.append("\n").append(section.name().contains(".") ? "### " : "## ");
                page.append(section.name()).append("\n");
            }
            if (!section.meaning().isEmpty()) {
                page.append("\n").append(escaped(section.meaning())).append("\n");
            }
            if (!section.keys().isEmpty()) {
                page.append("\n| key | default | meaning |\n|---|---|---|\n");
                section.keys().forEach(keys -> page.append(row(keys)));
            }
        }
        return page.toString();
    }

    private static String row(Keys keys) {
        List<String> defaults = keys.defaults().stream().distinct().toList();
        return "| " + quoted(keys.names()) + " | " + quoted(defaults) + " | " + escaped(keys.meaning()) + " |\n";
    }

    private static String quoted(List<String> words) {
        return String.join(
                ", ", words.stream().map(word -> "`" + escaped(word) + "`").toList());
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    private Section added(Section section) {
        sections.add(section);
        return section;
    }

    private void read(String line) {
        Matcher opens = OPENS.matcher(line);
        Matcher key = KEY.matcher(line);
        if (line.startsWith("#")) {
            comment += (comment.isEmpty() ? "" : " ") + line.substring(1).strip();
        } else if (line.isEmpty()) {
            comment = "";
        } else if (opens.matches()) {
            open.push(added(new Section(inFull(opens.group(1)), comment, new ArrayList<>())));
            comment = "";
        } else if (line.equals("}")) {
            open.pop();
        } else if (key.matches()) {
            add(open.element().keys(), inFull(key.group(1)), key.group(2));
        } else {
            throw new IllegalStateException("reference.conf has a line that is neither key nor section: " + line);
        }
    }

    // A key right below another one has its comment.
    private void add(List<Keys> keys, String name, String value) {
        if (comment.isEmpty()) {
            Keys last = keys.get(keys.size() - 1);
            last.names().add(name);
            last.defaults().add(value);
        } else {
            keys.add(new Keys(new ArrayList<>(List.of(name)), new ArrayList<>(List.of(value)), comment));
            comment = "";
        }
    }

    private String inFull(String name) {
        String section = open.element().name();
        return section.isEmpty() ? name : section + "." + name;
    }
}
