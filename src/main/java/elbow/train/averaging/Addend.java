package elbow.train.averaging;

/** A term of a {@link ReplicaSum}: vectors, each times the rows it stands for. */
interface Addend {
    /** Rows trained on. */
    long weight();

    /** Elements of each vector. */
    int length();

    /** Whether the vector is there. */
    boolean has(StateVector vector);

    /** Adds the elements {@code from .. from + total.length} of a vector that is there, times the rows. */
    void addTo(StateVector vector, int from, double[] total);
}
