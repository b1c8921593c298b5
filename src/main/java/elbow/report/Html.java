package elbow.report;

import elbow.base.Check;
import elbow.base.ControlCharacters;
import elbow.base.Secrets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text becomes HTML only through {@link #text} or as an argument of {@link #of}, both of which escape
 * it and take secrets out: a column may be named {@code <script>}. The escapes of commons-text leave apostrophes,
 * control characters and direction overrides as they are.
 */
public record Html(String markup) {
    /** No markup. */
    public static final Html NOTHING = new Html("");

    private static final String PLACE = "{}";

    /** The text itself, with everything that HTML or an attribute value would take for markup escaped. */
    public static Html text(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        Secrets.mask(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return new Html(escaped.toString());
    }

    /**
     * The template with each <code>{}</code> replaced by the next argument: {@link Html} as it stands, anything else as
     * escaped text.
     *
     * @throws IllegalArgumentException if there are more or fewer arguments than places
     */
    public static Html of(String template, Object... arguments) {
        StringBuilder filled = new StringBuilder(template.length() + 64);
        int from = 0;
        for (Object argument : arguments) {
            int place = template.indexOf(PLACE, from);
            Check.argument(place >= 0, "template", "have " + arguments.length + " places", template);
            filled.append(template, from, place)
                    .append(
                            argument instanceof Html html
                                    ? html.markup()
                                    : text(String.valueOf(argument)).markup());
            from = place + PLACE.length();
        }
        Check.argument(template.indexOf(PLACE, from) < 0, "template", "have " + arguments.length + " places", template);
        return new Html(filled.append(template, from, template.length()).toString());
    }

    /** The pieces one after the other, each on a line of its own. */
    public static Html join(List<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
    }

    /** Control characters and lone surrogates are no HTML, and some hide text from a reader. */
    private static boolean isAllowed(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\t'
                || (Character.getType(codePoint) != Character.SURROGATE && !ControlCharacters.contain(codePoint));
    }
}
