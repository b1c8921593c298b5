package elbow.data.table;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names that people take for one: what differs is a blank, a sign that does not show, or the case of letters. */
public final class LikeNames {
    private LikeNames() {}

    /** Whether a name has signs that do not show: blanks other than the usual one, or signs without a width. */
    public static boolean hides(String name) {
        return name.codePoints().anyMatch(LikeNames::isHidden);
    }

    /** The name in quotes, with the numbers of signs that do not show: "x\u00a0". */
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().forEach(sign -> {
            if (isHidden(sign)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", sign));
            } else {
                shown.appendCodePoint(sign);
            }
        });
        return InputErrors.quote(shown.toString());
    }

    /** What to say of names that {@code wanted} may stand for, behind a message that it is none of them; or nothing. */
    public static String hint(String wanted, Collection<String> names) {
        List<String> like = names.stream()
                .filter(name -> !name.equals(wanted) && plain(name).equals(plain(wanted)))
                .toList();
        if (like.isEmpty()) {
            return "";
        }
        boolean hidden = hides(wanted) || like.stream().anyMatch(LikeNames::hides);
        return "; " + String.join(" and ", like.stream().map(LikeNames::shown).toList())
                + (like.size() == 1 ? " differs" : " differ") + " from " + shown(wanted) + " only by "
                + (hidden ? "signs that do not show" : "case or the way letters are written");
    }

    /** What to say of the first two names that people take for one; nothing if there are none. */
    public static String among(Collection<String> names) {
        Map<String, String> first = new HashMap<>();
        for (String name : names) {
            String former = first.putIfAbsent(plain(name), name);
            if (former != null) {
                return hint(former, List.of(name));
            }
        }
        return "";
    }

    private static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        return plain.replaceAll("\\p{Cf}", "")
                .replaceAll("[\\p{Z}\\s]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isHidden(int sign) {
        int type = Character.getType(sign);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.SPACE_SEPARATOR && sign != ' ');
    }
}
