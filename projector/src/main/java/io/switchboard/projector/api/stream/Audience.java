package io.switchboard.projector.api.stream;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.table.FeedQueries;
import io.switchboard.projector.api.table.FeedQueries.Change;
import io.switchboard.projector.api.table.FeedQueries.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those who are shown the same.
 *
 * @param account the only account they see; null for all
 */
public record Audience(Set<String> topics, @Nullable String account, Masking masking) {
    public Audience {
        topics = Set.copyOf(topics);
    }

    Scope scope() {
        return new Scope(topics, account);
    }

    boolean sees(Change change) {
        return topics.contains(change.topic())
                && (account == null
                        || account.equals(change.account())
                        || change.account().equals(FeedQueries.EVERY_ACCOUNT));
    }
}
