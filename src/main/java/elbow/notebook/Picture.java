package elbow.notebook;

import elbow.report.Html;
import elbow.report.Page;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to look at in a notebook: HTML that brings its style along and leaves the page around it alone. Equal
 * contents are equal pictures.
 *
 * @param html an element with everything in it; no script, nothing loaded from elsewhere
 */
public record Picture(String html) {
    private static final String SCOPE = ".elbow-picture";
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern NAMES = Pattern.compile("(?<=\\s)(id=\"|aria-labelledby=\")|(url\\(#)");
    private static final String STYLE = scoped(Page.style())
            // The notebook has the margins.
            + SCOPE + "{max-width:1040px;margin:0;padding:.6rem;border-radius:6px;background:var(--surface)}"
            + SCOPE + " section{margin:0}";

    static Picture of(List<Html> content) {
        String markup = Html.join(content).markup();
        // A notebook is one page with many pictures, in which an id may stand once.
        String prefix = "e" + Integer.toHexString(markup.hashCode()) + "-";
        String named = NAMES.matcher(markup).replaceAll(match -> Matcher.quoteReplacement(match.group() + prefix));
        return new Picture("<div class=\"elbow-picture\"><style>" + STYLE + "</style>\n" + named + "\n</div>");
    }

    /** The same below a heading. */
    static Picture of(String id, String heading, List<Html> content) {
        return of(List.of(Page.section(id, heading, content)));
    }

    /** What makes Zeppelin show {@link #html} when it is printed. */
    @Override
    public String toString() {
        return "%html " + html;
    }

    /** The rules of a style sheet for what is inside a picture alone. */
    static String scoped(String style) {
        return RULE.matcher(style)
                .replaceAll(rule -> Matcher.quoteReplacement(scopedSelectors(rule.group(1)) + "{"
                        + rule.group(2).replaceAll("\\s+", " ").strip() + "}"))
                .replaceAll("\\n\\s*", "\n");
    }

    private static String scopedSelectors(String selectors) {
        StringBuilder scoped = new StringBuilder();
        for (String selector : selectors.strip().split("\\s*,\\s*", -1)) {
            scoped.append(scoped.isEmpty() ? "" : ",")
                    .append(selector.equals(":root") || selector.equals("body") ? SCOPE : SCOPE + " " + selector);
        }
        return scoped.toString();
    }
}
