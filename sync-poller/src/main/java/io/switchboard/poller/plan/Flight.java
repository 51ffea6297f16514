package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import org.jspecify.annotations.Nullable;

/** The request under way: whom its outcome concerns. */
sealed interface Flight {
    record LoggingIn() implements Flight {}

    record Renewing() implements Flight {}

    /** The next page of a resource's run. */
    record Page(Resource resource) implements Flight {}

    /** The next page of a job's part. */
    record JobPage(String id, Resource resource) implements Flight {}

    /** One record by its id: a call, or the profile of an extension. */
    record One(Resource resource, String id) implements Flight {}

    /** A person's command, by the id of its job. */
    record Performing(String id) implements Flight {}

    /** The resource asked for; null where it asks for none. */
    default @Nullable Resource asksFor() {
        return switch (this) {
            case LoggingIn in -> null;
            case Renewing re -> null;
            case Page page -> page.resource();
            case JobPage page -> page.resource();
            case One one -> one.resource();
            case Performing performing -> null;
        };
    }
}
