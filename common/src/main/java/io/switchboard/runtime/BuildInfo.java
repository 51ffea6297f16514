package io.switchboard.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is; filled in by Maven. */
public record BuildInfo(String version) {

    public static BuildInfo load() {
        var properties = new Properties();
        try (var stream = BuildInfo.class.getResourceAsStream("/switchboard-build.properties")) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(properties.getProperty("version", "unknown"));
    }
}
