package elbow.train.averaging;

/** A term of a {@link ReplicaSum}: vectors, each times the rows it stands for. */
interface Addend {
    /** Rows trained on. */
    long weight();

    /** Elements of each vector. */
    int length();

    /** Whether it has the vector. */
    boolean has(StateVector vector);

    /** Adds the elements {@code from .. from + total.length} of a vector that it has, times the rows. */
    void addTo(StateVector vector, int from, double[] total);
}
