package io.switchboard.poller.provider;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises that the day's requests are spent by the words it is said in, because neither status nor wording is documented
 * (API.md, sections 8 and 12). Only letters are compared, so that {@code LimitExceeded} reads as {@code limit exceeded}.
 */
final class RequestLimit {
    private static final Pattern NOT_LETTERS = Pattern.compile("[^a-z]+");

    private static final List<String> PHRASES = List.of(
            "limitexceeded",
            "limitisexceeded",
            "limitwasexceeded",
            "limithasbeenexceeded",
            "limitreached",
            "limitisreached",
            "limithasbeenreached",
            "exceededthelimit",
            "exceededyourlimit",
            "exceededthedailylimit",
            "exceededthenumberofrequests",
            "exceededthemaximumnumberofrequests",
            "exceededrequestlimit",
            "exceededtherequestlimit",
            "exceededtheapilimit",
            "limitofrequests",
            "requestlimit",
            "requestslimit",
            "dailylimit",
            "quotaexceeded",
            "quotahasbeenexceeded",
            "exceededthequota",
            "exceededyourquota");

    /** Other things have limits too: to read theirs as the day's would stop everything for a day. */
    private static final List<String> OTHER_LIMITS = List.of(
            "contactslimit",
            "contactlimit",
            "numberslimit",
            "sizelimit",
            "lengthlimit",
            "timelimit",
            "timeoutlimit",
            "depthlimit",
            "messagelimit",
            "messageslimit");

    private RequestLimit() {}

    static boolean isSaidBy(ErrorBody body) {
        return body.texts().stream().anyMatch(RequestLimit::isSaidBy);
    }

    private static boolean isSaidBy(String text) {
        var letters = NOT_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return PHRASES.stream().anyMatch(letters::contains)
                && OTHER_LIMITS.stream().noneMatch(letters::contains);
    }
}
