package io.switchboard.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.house.Repository;
import io.switchboard.projector.api.access.Permission;
import io.switchboard.projector.api.access.Role;
import io.switchboard.projector.api.view.CallCells;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/access.md against the roles and permissions of the code. */
class AccessDocumentTest {
    private static final String DOCUMENT = "docs/access.md";

    @Test
    void theTableOfRolesIsTheEnumeration() {
        var expected = new LinkedHashMap<String, List<String>>();
        for (var permission : Permission.values()) {
            var added = expected.put(
                    permission.name(),
                    Arrays.stream(Role.values())
                            .map(role -> role.may(permission) ? "yes" : "–")
                            .toList());
            assertThat(added).isNull();
        }

        assertThat(rows()).isEqualTo(expected);
        assertThat(Repository.text(DOCUMENT))
                .contains("| permission | " + String.join(" | ", Role.words()) + " | opens |");
    }

    @Test
    void theColumnsOfTheCsvFileAreListedInTheirOrder() {
        var text = Repository.text(DOCUMENT);
        var line =
                text.lines().filter(one -> one.startsWith("`id`, ")).findFirst().orElseThrow();

        assertThat(Pattern.compile("`(\\w+)`").matcher(line).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(CallCells.COLUMNS);
    }

    private static Map<String, List<String>> rows() {
        var rows = new LinkedHashMap<String, List<String>>();
        Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|((?: (?:yes|–) \\|){4})")
                .matcher(Repository.text(DOCUMENT))
                .results()
                .filter(found -> !found.group(1).startsWith("API_"))
                .forEach(found -> rows.merge(
                        found.group(1),
                        Arrays.stream(found.group(2).split("\\|"))
                                .map(String::strip)
                                .toList(),
                        (one, two) -> List.of("twice")));
        return rows;
    }
}
