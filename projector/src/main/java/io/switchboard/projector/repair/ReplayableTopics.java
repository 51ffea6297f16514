package io.switchboard.projector.repair;

import io.switchboard.event.Topic;
import java.util.List;

/** The topics of which a range may be replayed. */
public final class ReplayableTopics {
    /** Their names after the prefix. */
    public static final List<String> WORDS =
            RebuildTools.TOPICS.stream().map(Topic::suffix).toList();

    private ReplayableTopics() {}
}
