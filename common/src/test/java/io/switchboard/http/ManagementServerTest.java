package io.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.http.ManagementServer.Address;
import io.switchboard.http.ManagementServer.Route;
import io.switchboard.runtime.Meters;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private HttpServer server;

    @BeforeEach
    void start() {
        server = ManagementServer.start(
                        vertx,
                        new Address("127.0.0.1", 0, "X_PORT"),
                        Meters.registry("test-service"),
                        () -> new Health(ready.get(), Map.of("kafka", "answers")),
                        List.of(new Route("/own/", request -> request.response().end("own " + request.path()))))
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void livezAsksNobody() throws Exception {
        ready.set(false);

        assertThat(get("/livez", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void readyzFollowsTheService() throws Exception {
        assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(200);

        ready.set(false);

        var answer = get("/readyz", "*/*");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"ready\":false,\"stages\":{\"kafka\":\"answers\"}}");
        assertThat(get("/statusz", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsArePrometheusTextOrOpenMetricsWhenAskedFor() throws Exception {
        var text = get("/metrics", "*/*");
        var open = get("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body()).contains("switchboard_build_info{").contains("service=\"test-service\"");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n").contains("switchboard_build_info{");
    }

    @Test
    void aServiceHasPathsOfItsOwn() throws Exception {
        assertThat(get("/own/thing", "*/*").body()).isEqualTo("own /own/thing");
        assertThat(get("/other", "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void aTakenPortRefusesTheStartInOneLine() {
        var address = new Address("127.0.0.1", server.actualPort(), "X_PORT");

        assertThatThrownBy(() -> ManagementServer.start(
                                vertx, address, Meters.registry("second"), () -> new Health(true, Map.of()))
                        .await())
                .isInstanceOf(StartFailure.class)
                .message()
                .contains("127.0.0.1:" + server.actualPort(), "set X_PORT")
                .doesNotContain("\n");
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
            return client.send(
                    HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
