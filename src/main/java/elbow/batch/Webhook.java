package elbow.batch;

import elbow.base.Message;
import elbow.base.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Posts a summary to a configured URL. */
final class Webhook {
    private Webhook() {}

    /**
     * Posts JSON, once, without following redirections.
     *
     * @param timeout for the whole exchange
     * @return what went wrong; empty if the answer's status is from 200 to 299
     */
    static Optional<String> post(URI url, String json, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
        // A URL may carry a secret before its host, in its path and in its query.
        String where = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300
                    ? Optional.empty()
                    : Optional.of("the webhook at " + where + " must answer 200 to 299, but answered " + status);
        } catch (IOException e) {
            return Optional.of(
                    "the webhook at " + where + " could not be called: " + Secrets.mask(Message.firstLine(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the webhook at " + where + " was interrupted");
        }
    }
}
