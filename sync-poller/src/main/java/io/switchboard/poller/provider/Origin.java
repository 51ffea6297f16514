package io.switchboard.poller.provider;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** Scheme, host and port, as a connection is made to them (RFC 6454). The host is in lower case. */
record Origin(boolean tls, String host, int port) {
    private static final int HTTP = 80;
    static final int HTTPS = 443;

    /** @param url absolute, http or https, with a host */
    static Origin of(URI url) {
        var tls = "https".equalsIgnoreCase(url.getScheme());
        var port = url.getPort() < 0 ? (tls ? HTTPS : HTTP) : url.getPort();
        return new Origin(tls, Objects.requireNonNull(url.getHost()).toLowerCase(Locale.ROOT), port);
    }

    /** A request there that is not led elsewhere. */
    RequestOptions request(HttpMethod method, String pathAndQuery) {
        return new RequestOptions()
                .setMethod(method)
                .setSsl(tls)
                .setHost(host)
                .setPort(port)
                .setURI(pathAndQuery)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.USER_AGENT, "Switchboard");
    }
}
