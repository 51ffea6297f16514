package io.switchboard.simulator.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/**
 * Posts webhooks over HTTP as MightyCall does: JSON, no signature, redirects not followed. Made in a verticle, it is closed
 * with it.
 */
public final class WebhookClient implements WebhookSender {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Shorter than receivers usually wait, so that no request meets a connection that is just being closed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final WebClient client;

    /** @param connections most connections to one host; URLs on the same host share them */
    public WebhookClient(Vertx vertx, int connections) {
        var options = new WebClientOptions()
                .setFollowRedirects(false)
                .setUserAgent("Switchboard-Simulator")
                .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        this.client = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(connections));
    }

    @Override
    public Future<Integer> post(WebhookUrl url, byte[] body, Duration timeout) {
        return request(url, timeout).sendBuffer(Buffer.buffer(body)).map(answer -> answer.statusCode());
    }

    /** Sends the validation request of an account that saves the URL: no body, a header to be repeated. */
    public Future<EchoAnswer> validate(WebhookUrl url, String echo, Duration timeout) {
        return request(url, timeout)
                .putHeader("Echo", echo)
                .sendBuffer(Buffer.buffer())
                .map(answer -> new EchoAnswer(answer.statusCode(), echo.equals(answer.getHeader("Echo"))));
    }

    /**
     * What a URL answered to the validation request.
     *
     * @param echoed whether the header came back as it was sent
     */
    public record EchoAnswer(int status, boolean echoed) {}

    private HttpRequest<Buffer> request(WebhookUrl url, Duration timeout) {
        return client.postAbs(url.absolute())
                .timeout(timeout.toMillis())
                .putHeader("Content-Type", "application/json; charset=utf-8");
    }
}
