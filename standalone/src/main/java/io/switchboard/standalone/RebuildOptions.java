package io.switchboard.standalone;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** For the command that orders a rebuild from a running projector. */
final class RebuildOptions {

    /** What tables can be built from. */
    enum Source {
        EVENTS,
        TOPICS
    }

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "EVENTS",
            description =
                    "events: what the tables know, after a change of the fold; topics: the log as far back as it is"
                            + " kept, after a change of the decoder (default: events)")
    Source from = Source.EVENTS;

    @Option(names = "--compare-only", description = "say how the tables would differ, and change nothing")
    boolean compareOnly;

    @Option(
            names = "--api",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "the projector's query API (default: http://127.0.0.1 at API_PORT)")
    @Nullable
    URI api;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "whose admin token is used where API_TOKENS has none (default: ${DEFAULT-VALUE})")
    Path folder = Path.of("data");

    static final class HttpUrl implements ITypeConverter<URI> {
        private static final String TAKES = "takes a URL such as http://127.0.0.1:8081";

        @Override
        public URI convert(String text) {
            if (text.matches("https?://[^/\\s]+/?")) {
                try {
                    return URI.create(text);
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(TAKES);
                }
            }
            throw new TypeConversionException(TAKES);
        }
    }
}
