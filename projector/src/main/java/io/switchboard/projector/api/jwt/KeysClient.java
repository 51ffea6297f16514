package io.switchboard.projector.api.jwt;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks the identity provider for its keys; follows no redirection and reads no more than keys can be. */
final class KeysClient implements KeySource {
    private static final int PATIENCE_SECONDS = 5;
    private static final int MOST_BYTES = 262_144;

    private final HttpClient client;
    private final URI url;

    KeysClient(Vertx vertx, URI url) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                .setKeepAlive(false));
        this.url = url;
    }

    @Override
    public CompletionStage<String> fetch() {
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        return client.request(request)
                .compose(asked -> asked.send().compose(KeysClient::body))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(Buffer::toString)
                .toCompletionStage();
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return response.request().reset().mapEmpty().compose(any -> Future.failedFuture("not 200"));
        }
        var body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MOST_BYTES) {
                var unused = response.request().reset();
            }
        });
        return response.end().map(body);
    }
}
