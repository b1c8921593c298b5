package elbow.base;

import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that people read or that are kept: messages, the console, logs, reports, manifests,
 * metrics. What is masked: user and password of a URI ({@code s3a://KEY:SECRET@bucket}), and the values of parameters
 * and settings whose names say that they are secrets ({@code ?sig=...}, {@code fs.s3a.secret.key=...}).
 */
public final class Secrets {
    /** What stands in a secret's place. */
    public static final String MASK = "***";

    /**
     * User and password of a URI, after its scheme. A user without a password is none: Azure's containers are written
     * so. Up to the last {@code @}, for passwords may have some; but a port is no password.
     */
    public static final String USER_INFO = "(?<=://)[^\\s/:@\"'<>]*:(?!\\d+(?:[/\\s]|$))[^\\s\"'<>]*@";

    /** The value of a parameter or setting that is a secret by its name. */
    public static final String SECRET_VALUE = "(?i)((?:[?&](?:sig|key|code)|(?<![\\w./-])[\\w.-]*"
            + "(?:password|passwd|secret|token|signature|credential|api[._-]?key|access[._-]?key)[\\w.-]*)=)"
            + "[^\\s&\"'<>,;]+";

    private static final Pattern USER_INFOS = Pattern.compile(USER_INFO);
    private static final Pattern SECRET_VALUES = Pattern.compile(SECRET_VALUE);

    private Secrets() {}

    /** The text with every secret in it replaced by {@value #MASK}. */
    public static String mask(String text) {
        if (text.indexOf(':') < 0 && text.indexOf('=') < 0) {
            return text;
        }
        String masked = USER_INFOS.matcher(text).replaceAll(MASK + "@");
        return SECRET_VALUES.matcher(masked).replaceAll("$1" + MASK);
    }
}
