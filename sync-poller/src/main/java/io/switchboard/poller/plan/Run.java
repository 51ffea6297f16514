package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one listing, page by page, over a window whose end was frozen when it began.
 *
 * <p>Rows may slip in or out while it pages. Where the provider gives a total, a total that changed between two pages makes
 * it read again from the beginning where that matters, at most twice; pages of {@code /calls} and {@code /voicemails} overlap by a twentieth
 * besides. A page that cannot be read is asked for three times, then in smaller pieces, until the one row that spoils it
 * stands alone and is passed over.
 *
 * @param depth which pass of the resource it is
 * @param from beginning of the window; null for listings without one
 * @param to end of the window; null for listings without one
 * @param offset rows passed over before the page to be read next
 * @param pageSize of that page
 * @param pages read so far, of all attempts
 * @param rows read since the last beginning
 * @param total of the page before
 * @param rereads how often it began again
 * @param malformed how often the page could not be read
 * @param passedOver rows that cannot be read
 * @param flawed whether it may lack something: it proves no deletion
 * @param over whether it has ended
 */
record Run(
        Depth depth,
        Instant startedAt,
        @Nullable Instant from,
        @Nullable Instant to,
        int offset,
        int pageSize,
        int pages,
        long rows,
        @Nullable Long total,
        int rereads,
        int malformed,
        int passedOver,
        boolean flawed,
        boolean over) {

    static final int MOST_PAGES = 1000;

    private static final int[] PAGE_SIZES = {1, 5, 25, 125, 250, 500, 1000};
    private static final int MOST_REREADS = 2;
    private static final Duration RECENTLY = Duration.ofHours(1);

    /** How far back a pass reaches. */
    enum Depth {
        RECENT,
        REACH,
        DEEP,
        /** The whole listing. */
        FULL
    }

    Run {
        startedAt = Times.sane(startedAt);
        from = Times.saneOrNull(from);
        to = Times.saneOrNull(to);
        offset = Math.max(0, offset);
        pageSize = Math.clamp(pageSize, 1, 1000);
    }

    static Run over(Depth depth, Instant now, @Nullable Instant from, @Nullable Instant to, int pageSize) {
        return new Run(depth, now, from, to, 0, pageSize, 0, 0, null, 0, 0, 0, false, false);
    }

    ProviderRequest request(Resource resource) {
        var begin = from == null ? startedAt : from;
        var end = to == null ? startedAt : to;
        return switch (resource) {
            case CALLS -> new ProviderRequest.Calls(begin, end, offset, pageSize);
            case JOURNAL -> new ProviderRequest.Journal(begin, end, page(), pageSize);
            case VOICEMAILS -> new ProviderRequest.Voicemails(begin, end, offset, pageSize);
            case CONTACTS -> new ProviderRequest.Contacts(from, page(), pageSize);
            case PHONE_NUMBERS -> new ProviderRequest.PhoneNumbers();
            case TEAM -> new ProviderRequest.Team();
            case PROFILES -> new ProviderRequest.Profile(null);
            case AGENT_STATUS -> new ProviderRequest.OwnStatus();
        };
    }

    private int page() {
        return offset / pageSize + 1;
    }

    /** The run after its page was read. */
    Run read(Resource resource, Outcome.Fetched page, int fullPage) {
        var seen = rows + Math.max(0, page.rows());
        var latest = page.total() == null ? total : page.total();
        var shifted = total != null && !total.equals(latest);
        if (shifted && rereads < MOST_REREADS && shiftMatters(latest)) {
            return new Run(
                    depth, startedAt, from, to, 0, fullPage, pages + 1, 0, latest, rereads + 1, 0, 0, false, false);
        }
        var ended = isLast(resource, page, seen);
        var next = ended ? offset : offset + advance(resource, page, fullPage);
        var size = ended ? pageSize : grown(resource, next, fullPage);
        return new Run(
                depth,
                startedAt,
                from,
                to,
                next,
                size,
                pages + 1,
                seen,
                latest,
                rereads,
                0,
                passedOver,
                flawed || shifted,
                ended);
    }

    /**
     * A row that went away may have pulled another one over the edge of a page already read. A row that came is either in
     * the pages to come or so young that the next poll reads its time again: only what no later poll brings, or what costs
     * next to nothing, is worth reading again.
     */
    private boolean shiftMatters(@Nullable Long latest) {
        var shrank = total != null && latest != null && latest < total;
        var past = to != null && to.isBefore(startedAt.minus(RECENTLY));
        return shrank || past || depth == Depth.FULL || pages <= 1;
    }

    private boolean isLast(Resource resource, Outcome.Fetched page, long seen) {
        if (page.rows() <= 0 || pages + 1 >= MOST_PAGES || isSinglePage(resource)) {
            return true;
        }
        if (page.total() == null) {
            return page.rows() < pageSize;
        }
        return pagesBySkip(resource) ? (long) offset + page.rows() >= page.total() : seen >= page.total();
    }

    private int advance(Resource resource, Outcome.Fetched page, int fullPage) {
        if (!pagesBySkip(resource)) {
            return pageSize;
        }
        var overlap = pageSize == fullPage ? page.rows() / 20 : 0;
        return Math.max(1, page.rows() - overlap);
    }

    /** Numbered pages can only grow where a larger page begins. */
    private int grown(Resource resource, int next, int fullPage) {
        if (pageSize >= fullPage) {
            return pageSize;
        }
        var larger = fullPage;
        for (int i = PAGE_SIZES.length - 1; i >= 0 && PAGE_SIZES[i] > pageSize; i--) {
            larger = Math.min(fullPage, PAGE_SIZES[i]);
        }
        return pagesBySkip(resource) || next % larger == 0 ? larger : pageSize;
    }

    /** The run after its page could not be read. */
    Run unreadable() {
        var attempts = malformed + 1;
        if (attempts < 3 && pageSize > 1) {
            return at(offset, pageSize, attempts);
        }
        if (pageSize > 1) {
            return at(offset, smaller(), attempts);
        }
        return at(offset + 1, 1, 2);
    }

    private Run at(int newOffset, int newSize, int attempts) {
        return new Run(
                depth,
                startedAt,
                from,
                to,
                newOffset,
                newSize,
                pages + 1,
                rows,
                total,
                rereads,
                attempts,
                newOffset > offset ? passedOver + 1 : passedOver,
                true,
                pages + 1 >= MOST_PAGES);
    }

    private int smaller() {
        for (int i = PAGE_SIZES.length - 1; i >= 0; i--) {
            if (PAGE_SIZES[i] < pageSize && pageSize % PAGE_SIZES[i] == 0) {
                return PAGE_SIZES[i];
            }
        }
        return 1;
    }

    /** The same, but proving nothing. */
    Run spoilt() {
        return new Run(
                depth,
                startedAt,
                from,
                to,
                offset,
                pageSize,
                pages,
                rows,
                total,
                rereads,
                malformed,
                passedOver,
                true,
                over);
    }

    /** What an interruption leaves of it: a whole listing begins again, everything else goes on at its page. */
    Run interrupted() {
        return depth == Depth.FULL && pages > 0
                ? new Run(
                        depth,
                        startedAt,
                        from,
                        to,
                        0,
                        pageSize,
                        pages,
                        0,
                        null,
                        rereads + 1,
                        malformed,
                        0,
                        false,
                        false)
                : this;
    }

    private static boolean pagesBySkip(Resource resource) {
        return resource == Resource.CALLS || resource == Resource.VOICEMAILS;
    }

    static boolean isSinglePage(Resource resource) {
        return switch (resource) {
            case CALLS, JOURNAL, VOICEMAILS, CONTACTS -> false;
            case PHONE_NUMBERS, TEAM, PROFILES, AGENT_STATUS -> true;
        };
    }
}
