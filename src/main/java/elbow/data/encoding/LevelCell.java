package elbow.data.encoding;

/**
 * A level from its code: the likeliest one, or the one drawn. What is below all levels of training becomes the lowest,
 * and what is above them the highest.
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
    public double number(float[] encoded, int offset) {
        int code = CategoryCell.largest(encoded, offset, width);
        return first + Math.max(1, Math.min(width - 2, code)) - 1;
    }

    @Override
    public Object value(float[] encoded, int offset, Form form, int word) {
        return writer.write(number(encoded, offset));
    }
}
