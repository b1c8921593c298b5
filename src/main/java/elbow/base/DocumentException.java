package elbow.base;

/**
 * A document such as a JSON file does not say what it must: its message names the document, the place in it, the rule
 * and what was found. An argument to a method, which only a defect gets wrong, is never reported by it.
 */
public final class DocumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A fault of the document's text. */
    public DocumentException(String message) {
        super(message);
    }

    /** A fault of the document that another exception has found. */
    public DocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
