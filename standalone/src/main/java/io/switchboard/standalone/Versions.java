package io.switchboard.standalone;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What `--version` says. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        var versions = new Properties();
        try (var in = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        }
        return new String[] {
            "switchboard " + versions.getProperty("switchboard") + " (Kafka " + versions.getProperty("kafka")
                    + ", PostgreSQL " + versions.getProperty("postgres") + ", Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
