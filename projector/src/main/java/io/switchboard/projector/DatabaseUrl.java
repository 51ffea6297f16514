package io.switchboard.projector;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Postgres is and who asks: {@code postgresql://user:password@host:port/database}, user and password
 * percent-encoded where they need it. Its text never holds the password.
 */
public record DatabaseUrl(String host, int port, String database, String user, String password) {
    public static final String FORM = "postgresql://user:password@host:port/database";

    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads the form above; port and password may be missing.
     *
     * @throws IllegalArgumentException when the text has another form; the message repeats none of it
     */
    public static DatabaseUrl parse(String text) {
        var url = uri(text);
        var scheme = url.getScheme();
        var path = url.getRawPath();
        var credentials = url.getRawUserInfo();
        if (scheme == null
                || !(scheme.equals("postgresql") || scheme.equals("postgres"))
                || url.getHost() == null
                || credentials == null
                || path == null
                || path.length() < 2
                || url.getRawQuery() != null) {
            throw new IllegalArgumentException("not " + FORM);
        }
        var colon = credentials.indexOf(':');
        return new DatabaseUrl(
                url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                decoded(path.substring(1)),
                decoded(colon < 0 ? credentials : credentials.substring(0, colon)),
                colon < 0 ? "" : decoded(credentials.substring(colon + 1)));
    }

    public PgConnectOptions connectOptions() {
        return new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password);
    }

    /** Where it is, for people; neither user nor password. */
    public String place() {
        return host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "postgresql://" + place();
    }

    private static URI uri(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not " + FORM, null); // the cause would repeat the text
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
