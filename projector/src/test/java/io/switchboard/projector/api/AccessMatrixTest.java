package io.switchboard.projector.api;

import static io.switchboard.projector.api.DocumentedApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.DocumentedApi.Operation;
import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Who may do what, asked of every operation of the OpenAPI document and written to {@code target/role-matrix.md}. That a
 * caller of one account gets nothing of another's is {@code SeveralAccountsIT}'s to say: it takes rows to tell.
 */
class AccessMatrixTest {
    private static final Path MATRIX = Path.of("target", "role-matrix.md");

    @Test
    void everyOperationIsOpenToTheRolesOfTheDocumentAndToNobodyElse() throws IOException {
        var roles = List.of(Role.values());
        var matrix = new StringBuilder("| operation | no token | "
                + roles.stream().map(Role::word).collect(Collectors.joining(" | ")) + " |\n|---|---"
                + "|---".repeat(roles.size()) + "|\n");
        try (var api = new DocumentedApi()) {
            for (var operation : DocumentedApi.operations().toList()) {
                var open = operation.roles().isEmpty();
                for (var headers : strangers()) {
                    assertThat(api.ask(operation, headers).statusCode())
                            .as("%s with %s", operation, headers)
                            .isEqualTo(open ? 200 : 401);
                }
                matrix.append("| `").append(operation).append("` | ").append(open ? "yes" : "–");
                for (var role : roles) {
                    var may = allowed(api, operation, role);
                    assertThat(may)
                            .as("%s as %s", operation, role)
                            .isEqualTo(open || operation.roles().contains(role.word()));
                    matrix.append(" | ").append(may ? "yes" : "–");
                }
                matrix.append(" |\n");
            }
        }
        assertThat(Files.writeString(MATRIX, matrix)).isNotEmptyFile();
    }

    @Test
    void everyOperationNamesRolesThatExist() {
        assertThat(DocumentedApi.operations())
                .allMatch(operation -> operation.document().has("x-roles"))
                .allMatch(operation -> Role.words().containsAll(operation.roles()));
    }

    private static boolean allowed(DocumentedApi api, Operation operation, Role role) {
        var headers = List.of("Authorization", "Bearer " + token(role));
        var status = api.ask(operation, headers).statusCode();
        assertThat(status).as("%s as %s", operation, role).isNotIn(401, 404, 405, 500);
        return status != 403;
    }

    /** Who says all kinds of things, but has no token. */
    private static List<List<String>> strangers() {
        return Arrays.asList(
                List.of(),
                List.of("X-User-Id", "1", "X-Role", "platform_admin", "X-Forwarded-User", "admin"),
                List.of("Cookie", "session=" + token(Role.PLATFORM_ADMIN)),
                List.of("Authorization", "Bearer " + token(Role.PLATFORM_ADMIN) + "x"),
                List.of("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsidmlld2VyIl19."));
    }
}
