package elbow.spark;

/** What Spark asks of an object that goes to its tasks. Scala 2.12 has a name of its own for it. */
public interface SparkSerializable extends scala.Serializable {}
