package io.switchboard.simulator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Serves a stand-in for the script of MightyCall's web phone: its documented surface, without a telephone behind it. */
final class WebPhoneHandler {
    private static final String SCRIPT = "/mightycall.webphone.sdk.js";

    private WebPhoneHandler() {}

    static void mount(Router router) {
        var script = load();
        router.get("/v4/sdk" + SCRIPT)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "text/javascript; charset=utf-8")
                        .end(script));
    }

    private static Buffer load() {
        try (var stream = WebPhoneHandler.class.getResourceAsStream(SCRIPT)) {
            return Buffer.buffer(
                    Objects.requireNonNull(stream, "packed with the program").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
