package elbow.spark;

/** What Spark asks of an object that goes to its tasks. Scala 2.13 has no name of its own for it. */
public interface SparkSerializable extends java.io.Serializable {}
