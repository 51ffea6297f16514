package io.switchboard.gateway;

/** What a sender's header value may be so that it can go into a header of ours. */
final class HeaderText {
    private HeaderText() {}

    /** Printable ASCII and blanks only: neither line breaks nor other control characters. */
    static boolean isPlain(String value) {
        return value.chars().allMatch(character -> character >= ' ' && character < 127);
    }
}
