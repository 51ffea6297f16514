package io.switchboard.poller.provider;

import io.switchboard.poller.plan.ProviderRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where things are at the provider (API.md, sections 2 and 5). Of the account's base URL both styles are understood:
 *
 * <pre>
 *   base                           token                 data
 *   https://host                   /v4/auth/token        /v4/api/…          nothing said: v4
 *   https://host/v4                /v4/auth/token        /v4/api/…          the provider's own
 *   https://host/v4/api            /v4/auth/token        /v4/api/…          its documented base path
 *   https://host/api/v3, /api      /api/v3/auth/token    /api/v3/…          the older style
 *   https://host/anything/else     …/else/auth/token     …/else/api/…       behind a gateway
 * </pre>
 *
 * @param token path
 * @param data what stands before the path of a request for data, with its slash
 */
record ProviderUrls(String token, String data) {
    static final int MAX_JOURNAL_PAGE = 1_000;

    private static final Pattern OLDER_STYLE = Pattern.compile("(?:.*/)?api(?:/v[0-9.]+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEWER_STYLE = Pattern.compile("(.*/v[0-9.]+)/api", Pattern.CASE_INSENSITIVE);

    static ProviderUrls of(URI base) {
        var path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        var newer = NEWER_STYLE.matcher(path);
        if (path.isEmpty()) {
            return below("/v4");
        }
        if (newer.matches()) {
            return below(newer.group(1));
        }
        return OLDER_STYLE.matcher(path).matches() ? new ProviderUrls(path + "/auth/token", path + "/") : below(path);
    }

    /** Path and query of a request. */
    String of(ProviderRequest request) {
        return data
                + switch (request) {
                    case ProviderRequest.Calls calls ->
                        "calls?" + window(calls.from(), calls.to()) + "&skip=" + calls.skip() + "&pageSize="
                                + calls.pageSize();
                    case ProviderRequest.OneCall call -> "calls/" + encoded(call.id());
                    case ProviderRequest.Journal journal -> journal(journal);
                    case ProviderRequest.Voicemails voicemails ->
                        "voicemails?"
                                + window(voicemails.from(), voicemails.to())
                                + "&skip=" + voicemails.skip() + "&pageSize=" + voicemails.pageSize();
                    case ProviderRequest.PhoneNumbers ignored -> "phonenumbers";
                    case ProviderRequest.Team ignored -> "team";
                    case ProviderRequest.Profile profile -> profile(profile.extension());
                    case ProviderRequest.OwnStatus ignored -> "profile/status";
                    case ProviderRequest.Contacts contacts -> contacts(contacts);
                };
    }

    /** All kinds of entries, or the messages would be missing; and who took part in each. */
    private static String journal(ProviderRequest.Journal journal) {
        if (journal.pageSize() > MAX_JOURNAL_PAGE) {
            throw new IllegalArgumentException("a page of the journal has at most 1,000 rows");
        }
        return "journal/requests?type=All&showUsers=true&from=" + encoded(floor(journal.from()) + "Z") + "&to="
                + encoded(ceiling(journal.to()) + "Z") + "&page=" + journal.page() + "&pageSize=" + journal.pageSize();
    }

    private static String profile(@Nullable String extension) {
        return extension == null ? "profile" : "profile/" + encoded(extension);
    }

    private static String contacts(ProviderRequest.Contacts contacts) {
        var since = contacts.updatedSince();
        return "contacts?page=" + contacts.page() + "&pageSize=" + contacts.pageSize()
                + (since == null ? "" : "&updatedSince=" + encoded(floor(since) + "Z"));
    }

    private static String window(Instant from, Instant to) {
        return "startUtc=" + encoded(floor(from)) + "&endUtc=" + encoded(ceiling(to));
    }

    /** {@code yyyy-MM-ddTHH:mm:ss}: a window is widened to whole seconds, never narrowed. */
    private static String floor(Instant time) {
        var text = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return text.substring(0, text.length() - 1);
    }

    private static String ceiling(Instant time) {
        var floor = time.truncatedTo(ChronoUnit.SECONDS);
        return floor(floor.equals(time) ? time : floor.plusSeconds(1));
    }

    /** Good for a path and for a query: a plus sign is always {@code %2B}, a space never one. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ProviderUrls below(String path) {
        return new ProviderUrls(path + "/auth/token", path + "/api/");
    }
}
