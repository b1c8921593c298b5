#!/usr/bin/env bash
# What Zeppelin starts an interpreter by: Spark's, by the Spark that the build puts together, with Elbow on the driver's class path.
#   -d DIRECTORY -c HOST -p PORT -r PORTS -i GROUP: of the interpreter, of the server that waits for it, and its name
set -euo pipefail

while getopts 'hc:p:r:d:l:v:u:i:g:' option; do
  case $option in
    c) host=$OPTARG ;;
    p) port=$OPTARG ;;
    r) ports=$OPTARG ;;
    d) directory=$OPTARG ;;
    i) group=$OPTARG ;;
    *) ;;
  esac
done

zeppelin=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
path=$ELBOW_HOME/target/elbow-job.jar:$zeppelin/conf
for jar in "$zeppelin"/lib/interpreter/*.jar "$directory"/*.jar "$zeppelin"/shell/*.jar; do
  path=$path:$jar
done
export SPARK_SCALA_VERSION=2.12 OMP_NUM_THREADS=1
exec "$SPARK_HOME/bin/spark-submit" --class org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer \
  --driver-class-path "$path" --driver-memory 2g --master 'local[2]' \
  --driver-java-options "-Delbow.log=$zeppelin/logs/spark.log -XX:TieredStopAtLevel=1" \
  --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 \
  --conf spark.sql.shuffle.partitions=4 \
  "$(echo "$directory"/spark-interpreter-*.jar)" "$host" "$port" "$group" "$ports"
