package io.switchboard.projector.api;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input to every route of the document, while the database is away: whatever is refused is refused before anybody
 * asks it.
 */
class BadInputTest {
    private static final long SEED = Long.getLong("api.seed", 20_260_310);

    private static DocumentedApi api;
    private static BadInputSweep sweep;

    @BeforeAll
    static void start() throws IOException {
        api = new DocumentedApi();
        sweep = new BadInputSweep(
                api.port(), DocumentedApi.token(Role.PLATFORM_ADMIN), List.of(503), SEED, Integer.MAX_VALUE);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @MethodSource("io.switchboard.projector.api.DocumentedApi#operations")
    void badInputIsRefusedAndNamed(Operation operation) {
        sweep.assertRefused(operation);
    }
}
