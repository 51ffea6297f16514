package io.switchboard.poller.provider;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where recordings are fetched from, and so where an account's keys may be shown: the provider's own domain over TLS, and the
 * very host and port that the account is configured with. A link is somebody else's text; everything not named here is refused
 * before any connection.
 *
 * @param account where the account's base URL points
 */
record RecordingHosts(Origin account) {
    private static final String DOMAIN = "mightycall.com";

    /** The link as a URI to be fetched; null when it points anywhere else, or hides a user in front of its host. */
    @Nullable
    URI allowed(String link) {
        try {
            var url = new URI(link);
            var isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            var hasPlainHost = url.getHost() != null && url.getRawUserInfo() == null;
            return isHttp && hasPlainHost && allows(Origin.of(url)) ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private boolean allows(Origin origin) {
        var isProvider = origin.host().equals(DOMAIN) || origin.host().endsWith("." + DOMAIN);
        return origin.equals(account) || (isProvider && origin.tls() && origin.port() == Origin.HTTPS);
    }
}
