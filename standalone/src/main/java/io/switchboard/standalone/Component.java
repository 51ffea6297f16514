package io.switchboard.standalone;

import java.util.List;
import java.util.Map;

/**
 * A service of this run: its name, the ports it opens, and how it starts. The started service is closed to stop it, and
 * has then let go of everything.
 */
record Component(String name, List<Port> ports, Starter starter) {

    Component {
        ports = List.copyOf(ports);
    }

    /** Returns when the service takes requests. */
    @FunctionalInterface
    interface Starter {
        AutoCloseable start(Map<String, String> environment) throws Exception;
    }
}
