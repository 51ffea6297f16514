package io.switchboard.projector.api.query;

import java.util.Locale;
import java.util.regex.Pattern;

/** Ids as clients write them. */
public final class CallIds {
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private CallIds() {}

    /** An id as tables hold it: GUIDs in lower case. */
    public static String stored(String id) {
        return GUID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }
}
