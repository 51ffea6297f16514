package io.switchboard.standalone.infrastructure;

import java.net.URI;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka and PostgreSQL as a parameter of type {@link Infrastructure}: containers where a Docker
 * engine answers, else the embedded servers. One pair of servers serves the whole test JVM; each test class gets a
 * database and a topic prefix of its own.
 */
public final class RealInfrastructure implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RealInfrastructure.class);
    private static final AtomicInteger CLASSES = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Infrastructure.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var servers = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("servers", key -> TestServers.start(), TestServers.class);
        var test = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(test.getName(), key -> ownPart(servers, test), Infrastructure.class);
    }

    private static Infrastructure ownPart(TestServers servers, Class<?> test) {
        var name = test.getSimpleName().toLowerCase(Locale.ROOT) + CLASSES.incrementAndGet();
        try (var connection = Infrastructure.connect(servers.databaseUrl());
                var statement = connection.createStatement()) {
            var unused = statement.executeUpdate("create database \"" + name + "\"");
        } catch (SQLException e) {
            throw new ParameterResolutionException("no database for " + test, e);
        }
        var database = URI.create(servers.databaseUrl()).resolve("/" + name).toString();
        return new Infrastructure(servers.bootstrapServers(), database, name + ".");
    }
}
