package io.switchboard.poller.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Answers as the provider documents them. */
final class Samples {
    private Samples() {}

    static byte[] bytes(String name) {
        try (var sample = Samples.class.getResourceAsStream("/provider/" + name + ".json")) {
            return Objects.requireNonNull(sample, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }
}
