package elbow.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API server of a Kubernetes without nodes, on loopback: it keeps what it is given, and runs nothing. */
final class KubernetesApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE =
            Pattern.compile("/api/v1/namespaces/(?<space>[^/]+)/(?<kind>[a-z]+)(/(?<name>[^/]+))?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    KubernetesApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** For {@code --master}. */
    String master() {
        return "k8s://http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What has been created of a kind, such as "pods", by name. */
    List<ObjectNode> created(String kind) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Requests that no such server is known to answer. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Matcher place = PLACE.matcher(path);
        // Server-side apply (PATCH) is how Spark makes what the pod needs.
        boolean creates = Set.of("POST", "PATCH").contains(exchange.getRequestMethod());
        boolean gets = exchange.getRequestMethod().equals("GET");
        if (!place.matches() || !(creates || (gets && place.group("name") != null))) {
            unknown.add(exchange.getRequestMethod() + " " + path);
            reply(exchange, 404, notFound());
        } else if (creates) {
            reply(exchange, 201, created(place.group("kind"), place.group("space"), body));
        } else {
            ObjectNode found = objects.get(place.group("kind") + "/" + place.group("name"));
            reply(exchange, found == null ? 404 : 200, found == null ? notFound() : found);
        }
    }

    private ObjectNode created(String kind, String space, byte[] body) throws IOException {
        ObjectNode object = (ObjectNode) JSON.readTree(body);
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("namespace", space).put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", "2026-11-24T02:30:00Z").put("resourceVersion", "1");
        objects.put(kind + "/" + metadata.at("/name").textValue(), object);
        return object;
    }

    private static ObjectNode notFound() {
        return JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("reason", "NotFound");
    }

    private static void reply(HttpExchange exchange, int code, JsonNode answer) throws IOException {
        try (exchange) {
            byte[] text = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
