package elbow.base;

/**
 * Characters that do something to whatever shows them instead of being shown: a text of a user's must not move a
 * terminal's cursor, nor turn the direction of what stands beside it in a page.
 */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** Whether a code point is a control character of Unicode, or sets or overrides the direction of a text. */
    public static boolean contain(int codePoint) {
        return Character.getType(codePoint) == Character.CONTROL
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /** The text with {@code ?} for each of them, ends of lines and tabs among them: one line, whatever it was. */
    public static String masked(String text) {
        return text.codePoints().anyMatch(ControlCharacters::contain)
                ? text.codePoints()
                        .map(codePoint -> contain(codePoint) ? '?' : codePoint)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }
}
