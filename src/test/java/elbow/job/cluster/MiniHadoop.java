package elbow.job.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.service.Service;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Hadoop's own YARN and HDFS in one process: a resource manager, a node manager, a name node and a data node. It ends
 * when its standard input does, so that it never outlives the test that started it.
 *
 * <p>Its classes come from hadoop-client-minicluster, which no class path of the build has: they are asked for by name.
 */
final class MiniHadoop {
    private MiniHadoop() {}

    /**
     * Takes a directory to work in; what clients need to know is in {@code conf} there, in one step, once all is up.
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Configuration storage = new Configuration();
        storage.set("hdfs.minidfs.basedir", directory.resolve("hdfs").toString());
        Class<?> builder = Class.forName("org.apache.hadoop.hdfs.MiniDFSCluster$Builder");
        builder.getMethod("build")
                .invoke(builder.getConstructor(Configuration.class).newInstance(storage));

        YarnConfiguration settings = new YarnConfiguration(storage);
        Map.of(
                        // Other processes of this machine are no reason to take no containers.
                        "yarn.nodemanager.disk-health-checker.enable", "false",
                        "yarn.nodemanager.vmem-check-enabled", "false",
                        "yarn.minicluster.yarn.nodemanager.resource.memory-mb", "10240",
                        "yarn.scheduler.minimum-allocation-mb", "128",
                        "yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "200",
                        // What containers were started with is looked at afterwards.
                        "yarn.nodemanager.delete.debug-delay-sec", "600",
                        "yarn.scheduler.capacity.maximum-am-resource-percent", "1",
                        "yarn.scheduler.capacity.root.queues", "default",
                        "yarn.scheduler.capacity.root.default.capacity", "100")
                .forEach(settings::set);
        Service cluster = Class.forName("org.apache.hadoop.yarn.server.MiniYARNCluster")
                .asSubclass(Service.class)
                .getConstructor(String.class, int.class, int.class, int.class)
                .newInstance("yarn", 1, 1, 1);
        cluster.init(settings);
        cluster.start();

        Path unfinished = Files.createDirectory(directory.resolve("conf.unfinished"));
        Configuration core = new Configuration(false);
        core.set(FileSystem.FS_DEFAULT_NAME_KEY, storage.get(FileSystem.FS_DEFAULT_NAME_KEY));
        // A file is closed as soon as its replicas are known: clients ask again after 400 ms, which many small files
        // add up.
        core.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
        core.set("dfs.client.block.write.locateFollowingBlock.retries", "12");
        write(core, unfinished.resolve("core-site.xml"));
        write(addresses(cluster.getConfig()), unfinished.resolve("yarn-site.xml"));
        Files.move(unfinished, directory.resolve("conf"));

        while (System.in.read() >= 0) {
            // Until the test has ended.
        }
        // Neither it nor its containers have anything to bring to an end, and an orderly stop takes many seconds.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }

    // Whatever name it has here: all of it listens on loopback.
    private static Configuration addresses(Configuration all) {
        Configuration addresses = new Configuration(false);
        for (Map.Entry<String, String> entry : all) {
            String port = entry.getValue().replaceFirst("^[^:]*:", "");
            if (entry.getKey().matches("yarn\\.resourcemanager\\.([a-z.-]+\\.)?address") && port.matches("\\d+")) {
                addresses.set(entry.getKey(), "127.0.0.1:" + port);
            }
        }
        return addresses;
    }

    private static void write(Configuration settings, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.writeXml(out);
        }
    }
}
