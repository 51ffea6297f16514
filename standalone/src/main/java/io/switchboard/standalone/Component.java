package io.switchboard.standalone;

import io.switchboard.runtime.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A service of this run: its name, the ports it opens, and how it starts. The started service is closed to stop it, and
 * has then let go of everything.
 */
record Component(String name, List<Port> ports, Preparation preparation) {

    Component {
        ports = List.copyOf(ports);
    }

    /** Reads the service's settings, noting what is wrong with them, and answers how to start it with them. */
    @FunctionalInterface
    interface Preparation {
        Callable<? extends AutoCloseable> prepare(SettingsReader reader);
    }

    /** Returns when the service takes requests. */
    AutoCloseable start(Map<String, String> environment) throws Exception {
        var reader = SettingsReader.of(environment);
        var starter = preparation.prepare(reader);
        reader.verify();
        return starter.call();
    }

    /** Refuses, with all problems at once, an environment that some of the services cannot use; starts nothing. */
    static void verify(List<Component> services, Map<String, String> environment) {
        var reader = SettingsReader.of(environment);
        var unused = reader.choice("LOG_FORMAT", "text", List.of("text", "json"));
        for (var service : services) {
            var notStarted = service.preparation.prepare(reader);
        }
        reader.verify();
    }
}
