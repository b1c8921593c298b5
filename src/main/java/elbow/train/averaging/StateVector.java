package elbow.train.averaging;

/** The vectors of a replica's state, each with one element for each parameter. */
enum StateVector {
    PARAMETERS,
    FIRST_MOMENTS,
    SECOND_MOMENTS,
    TEACHER
}
