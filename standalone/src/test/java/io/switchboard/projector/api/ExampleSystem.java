package io.switchboard.projector.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.switchboard.projector.LiveApi;
import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.RawHttp.Request;
import io.switchboard.standalone.infrastructure.Infrastructure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A whole projector of one account, {@code default}, whose tables hold what the examples of the OpenAPI document name: for
 * each of its areas the rows in {@code examples/AREA.sql}, if there is such a file. Recordings come from a poller's stand-in.
 */
final class ExampleSystem implements AutoCloseable {
    /** The ends of RIFF headers are what players look at first. */
    private static final byte[] SOUND = "RIFF....WAVE".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    private final HttpServer poller;
    private final LiveApi api;
    private final RawHttp http;

    ExampleSystem(Infrastructure infrastructure, Path folder) throws Exception {
        poller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        poller.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var context = poller.createContext("/", ExampleSystem::play);
        assert context.getPath().equals("/");
        poller.start();
        var accounts =
                Files.writeString(folder.resolve("default.yaml"), "- id: default\n  timezone: America/New_York\n");
        var pollerUrl = "http://127.0.0.1:" + poller.getAddress().getPort();
        var environment = Map.of("MIGHTYCALL_ACCOUNTS_FILE", accounts.toString(), "POLLER_MANAGEMENT_URLS", pollerUrl);
        api = LiveApi.start(infrastructure, environment, folder);
        http = new RawHttp(api.port);
        for (var area : OpenApiDocument.AREAS) {
            seed(area);
        }
    }

    int port() {
        return api.port;
    }

    /** Asks as somebody who may. */
    RawHttp.Reply ask(Operation operation, Request request) {
        return http.send(as(operation, request), 1 << 20);
    }

    /** The same, with the token of a role that may do it: of one that sees the most. */
    static Request as(Operation operation, Request request) {
        var roles = operation.roles();
        if (roles.isEmpty()) {
            return request;
        }
        var role = roles.contains("platform_admin") ? "platform_admin" : roles.getLast();
        return request.with(
                "Authorization: Bearer " + role.replace("platform_", "").charAt(0));
    }

    private void seed(String area) throws IOException {
        try (var stream = ExampleSystem.class.getResourceAsStream("examples/" + area + ".sql")) {
            if (stream != null) {
                api.sql(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static void play(HttpExchange exchange) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        exchange.getResponseHeaders().set("Content-Type", "audio/wav");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        var length = range == null ? SOUND.length : Math.min(SOUND.length, 65_536);
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + (length - 1) + "/" + SOUND.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, length);
        try (var body = exchange.getResponseBody()) {
            body.write(SOUND, 0, length);
        }
    }

    @Override
    public void close() throws Exception {
        api.close();
        poller.stop(0);
    }
}
