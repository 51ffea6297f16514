package io.switchboard.standalone.infrastructure;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * What one test class has to itself on the shared servers: an empty database and a topic prefix that nobody else uses.
 *
 * @param databaseUrl in the form of `DATABASE_URL`
 */
public record Infrastructure(String bootstrapServers, String databaseUrl, String topicPrefix) {

    /** A plain connection, for assertions. */
    public Connection connect() throws SQLException {
        return connect(databaseUrl);
    }

    static Connection connect(String databaseUrl) throws SQLException {
        var url = URI.create(databaseUrl);
        var user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
