package io.switchboard.mightycall;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The provider's recording links, whose file names carry agents' names: spaces and other characters are encoded.
 */
public final class RecordingUri {
    private static final int MAX_LENGTH = 2_048;
    private static final String LEGAL = "-._~:/?#@!$&'()*+,;=%";
    private static final Pattern ONE_SLASH = Pattern.compile("^(https?:)/(?=[^/])", Pattern.CASE_INSENSITIVE);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RecordingUri() {}

    /** An absolute http or https URI that a client can fetch; null when the text is none, however it is encoded. */
    public static @Nullable String usable(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return null;
        }
        var encoded = encode(text);
        try {
            var uri = new URI(encoded);
            var isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return isHttp && uri.getHost() != null ? encoded : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** The same, after a slash that was lost ({@code https:/host}) has been put back. */
    public static @Nullable String repaired(String text) {
        return usable(ONE_SLASH.matcher(text.strip()).replaceFirst("$1//"));
    }

    private static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (codePoint < 0x80 && (Character.isLetterOrDigit(codePoint) || LEGAL.indexOf(codePoint) >= 0)) {
                encoded.append((char) codePoint);
            } else {
                for (var b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
            }
        });
        return encoded.toString();
    }
}
