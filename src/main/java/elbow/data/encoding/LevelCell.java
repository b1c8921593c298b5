package elbow.data.encoding;

/**
 * A level from its code: the likeliest one, the median, or the one drawn. What is below all levels of training becomes
 * the lowest, and what is above them the highest.
 */
public final class LevelCell implements Cell {
    private static final long serialVersionUID = 1L;

    private final long first;
    private final int width;
    private final NumberWriter writer;

    /**
     * @param first the lowest level
     * @param width number of levels, and 2
     */
    public LevelCell(long first, int width, NumberWriter writer) {
        this.first = first;
        this.width = width;
        this.writer = writer;
    }

    @Override
    public Kind kind() {
        return Kind.CATEGORY;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int code(float[] encoded, int offset, Form form) {
        int code = form == Form.CENTRAL
                ? CategoryCell.median(encoded, offset, width)
                : CategoryCell.largest(encoded, offset, width);
        return Math.max(1, Math.min(width - 2, code));
    }

    private double level(int code) {
        return first + code - 1;
    }

    @Override
    public double number(float[] encoded, int offset) {
        return level(code(encoded, offset, Form.EXPECTED));
    }

    @Override
    public Object value(float[] encoded, int offset, Form form, int word) {
        return writer.write(level(code(encoded, offset, form)));
    }
}
