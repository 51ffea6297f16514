package io.switchboard.projector.api.query;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the stream wants.
 *
 * @param after the last position it has; null for none, negative for something that is no position
 */
public record StreamQuestion(Set<String> topics, @Nullable Long after) {
    public static final String CALLS = "calls";
    public static final String AGENTS = "agents";
    public static final String PIPELINE = "pipeline";
    public static final List<String> TOPICS = List.of(CALLS, AGENTS, PIPELINE);

    /** By which browsers tell the last event that they had. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final long NO_POSITION = -1;

    /**
     * @param lastEventId newer than the URL of a client that came back, and so of more weight. It is what this server once
     *     sent, or another: what it cannot read is no fault of the request, but asks for a fresh start
     */
    public static StreamQuestion of(QueryParameters parameters, @Nullable String lastEventId) {
        var topics = parameters
                .single("topics", "some of " + String.join(",", TOPICS) + ", each once", StreamQuestion::topics)
                .orElse(new LinkedHashSet<>(TOPICS));
        var after =
                parameters.single("after", "the id of an event, or the seq of a snapshot", StreamQuestion::position);
        if (lastEventId == null || lastEventId.isBlank()) {
            return new StreamQuestion(topics, after.orElse(null));
        }
        return new StreamQuestion(topics, position(lastEventId.strip()).orElse(NO_POSITION));
    }

    private static Optional<Set<String>> topics(String text) {
        var words = Arrays.asList(text.split(",", -1));
        Set<String> topics = new LinkedHashSet<>(words);
        return topics.size() == words.size() && TOPICS.containsAll(words) ? Optional.of(topics) : Optional.empty();
    }

    private static Optional<Long> position(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
