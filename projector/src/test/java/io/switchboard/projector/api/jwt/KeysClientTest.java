package io.switchboard.projector.api.jwt;

import static io.switchboard.projector.api.jwt.IdentityProvider.claims;
import static io.switchboard.projector.api.jwt.IdentityProvider.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import io.switchboard.projector.api.access.BearerAnswer.Known;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys over HTTP. */
class KeysClientTest {
    private final Vertx vertx = Vertx.vertx();
    private HttpServer provider;

    @BeforeEach
    void publish() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/keys", 200, new JWKSet(IdentityProvider.RSA).toString());
        answer("/moved", 302, "");
        answer("/broken", 500, "");
        answer("/endless", 200, " ".repeat(400_000));
        provider.start();
    }

    @AfterEach
    void close() throws Exception {
        provider.stop(0);
        assertThat(vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void aTokenIsCheckedWithTheKeysOfTheProvider() {
        var settings = new JwtSettings(
                url("/keys"), IdentityProvider.ISSUER, Set.of("switchboard"), "realm_access.roles", null);

        var answer = JwtCheck.start(vertx, settings).check(token(claims()));

        assertThat(answer.toCompletableFuture().join()).isInstanceOf(Known.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/moved", "/broken", "/endless", "/nothing"})
    void whatIsNoSetOfKeysIsNotRead(String path) {
        var fetched = new KeysClient(vertx, url(path)).fetch().toCompletableFuture();

        assertThatThrownBy(fetched::join).isInstanceOf(CompletionException.class);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + path);
    }

    private void answer(String path, int status, String body) {
        var bytes = body.getBytes(UTF_8);
        var unused = provider.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", "/keys");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
