package io.switchboard.poller.provider;

import io.switchboard.poller.plan.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request brought. */
public sealed interface ProviderAnswer {

    /**
     * A page, or the one object that was asked for.
     *
     * @param records what the rows say; fewer than {@code rows} where two rows speak of one thing
     * @param rows on the page, unreadable ones too
     * @param total the provider's count of all rows of the request's window; null where it gives none
     * @param pages the provider's count of pages (contacts only); null where it gives none
     */
    record Page(
            List<ProviderRecord> records,
            int rows,
            @Nullable Long total,
            @Nullable Integer pages) implements ProviderAnswer {
        public Page {
            records = List.copyOf(records);
        }
    }

    record Refused(Failure failure) implements ProviderAnswer {}
}
