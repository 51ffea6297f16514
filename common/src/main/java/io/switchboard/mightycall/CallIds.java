package io.switchboard.mightycall;

import io.switchboard.mightycall.ScannedEvent.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for call ids, the same at both doors: bounded, and lower case when they are GUIDs. */
final class CallIds {
    private static final int MAX_CHARACTERS = 128;
    private static final int GUID_LENGTH = 36;

    private CallIds() {}

    /** Why nothing can be filed under this id; null when it can. */
    static @Nullable Reason refusal(@Nullable String callId) {
        if (callId == null) {
            return Reason.NO_CALL_ID;
        }
        return callId.codePointCount(0, callId.length()) > MAX_CHARACTERS ? Reason.CALL_ID_TOO_LONG : null;
    }

    /** A GUID in lower case, because the doors may differ in it; anything else as it is. */
    static String normal(String callId) {
        return isGuid(callId) ? callId.toLowerCase(Locale.ROOT) : callId;
    }

    static boolean isGuid(String text) {
        if (text.length() != GUID_LENGTH) {
            return false;
        }
        for (var i = 0; i < GUID_LENGTH; i++) {
            var isDash = i == 8 || i == 13 || i == 18 || i == 23;
            var character = text.charAt(i);
            if (isDash ? character != '-' : !isHexDigit(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }
}
