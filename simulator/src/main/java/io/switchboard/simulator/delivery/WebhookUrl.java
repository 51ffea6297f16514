package io.switchboard.simulator.delivery;

import java.net.URI;
import java.net.URISyntaxException;

/** Where webhooks go. Its path ends in a secret, so it never shows itself whole. */
public final class WebhookUrl {
    private final URI uri;

    private WebhookUrl(URI uri) {
        this.uri = uri;
    }

    /** @throws IllegalArgumentException when it is not an absolute http or https URL; the message does not repeat it */
    public static WebhookUrl of(String text) {
        try {
            var uri = new URI(text);
            var http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            var port = uri.getPort() == -1 || uri.getPort() > 0 && uri.getPort() <= 65_535;
            if (!http || !port || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("an http or https URL with a host");
            }
            return new WebhookUrl(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("an http or https URL with a host"); // the cause would repeat the URL
        }
    }

    /** The whole URL, secret included: for the client that sends, for nobody's eyes. */
    String absolute() {
        return uri.toString();
    }

    /** Without the last part of the path and the query. */
    @Override
    public String toString() {
        var path = uri.getRawPath();
        var shown = path.substring(0, path.lastIndexOf('/') + 1);
        return uri.getScheme() + "://" + uri.getRawAuthority() + shown + (shown.equals(path) ? "" : "…");
    }
}
