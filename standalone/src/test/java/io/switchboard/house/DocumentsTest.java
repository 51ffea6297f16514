package io.switchboard.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents speak of what exists: their links lead somewhere, and the code they name is there. */
class DocumentsTest {
    /** {@code SomeTest} or {@code SomeIT.aSentence}, but no {@code CONSTANT_LIMIT}. */
    private static final Pattern TEST = Pattern.compile("(\\w*[a-z]\\w*(?:Test|IT))(?:\\.(\\w+))?");

    private static final Pattern JAVA_FILE = Pattern.compile("[\\w/.-]*\\w+\\.java");

    static List<String> documents() {
        return Repository.files(".md").stream().map(Repository::name).toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(String document) {
        var broken = Markdown.load(document).localLinks().stream()
                .filter(link -> !exists(document, link))
                .toList();

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void testsThatAreNamedExist(String document) {
        var missing = new ArrayList<String>();
        for (var span : Markdown.load(document).codeSpans()) {
            var test = TEST.matcher(span);
            if (test.matches() && !testExists(test.group(1), test.group(2))) {
                missing.add(span);
            }
        }

        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void javaFilesThatAreNamedExist(String document) {
        var missing = Markdown.load(document).codeSpans().stream()
                .filter(span -> JAVA_FILE.matcher(span).matches())
                .filter(span -> files().noneMatch(file -> ("/" + Repository.name(file)).endsWith("/" + span)))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyPageOfTheDocumentsIsLinkedFromTheReadmeOrFromAPageThatIs() {
        var linked = documents().stream()
                .flatMap(document -> Markdown.load(document).localLinks().stream()
                        .map(link -> Repository.file(document)
                                .resolveSibling(link.replaceAll("#.*", ""))
                                .normalize()))
                .collect(Collectors.toSet());
        var orphans = Repository.files(".md").stream()
                .filter(file -> Repository.name(file).startsWith("docs/"))
                .filter(file -> !linked.contains(file))
                .map(Repository::name)
                .toList();

        assertThat(orphans).isEmpty();
    }

    @Test
    void aDecisionFitsOnAPage() {
        assertThat(documents().stream()
                        .filter(document -> document.startsWith("docs/adr/"))
                        .filter(document -> Repository.text(document).lines().count() > 80))
                .isEmpty();
    }

    private static boolean exists(String document, String link) {
        var hash = link.indexOf('#');
        var path = hash < 0 ? link : link.substring(0, hash);
        var page = Repository.file(document);
        var target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || Markdown.load(Repository.name(target)).anchors().contains(link.substring(hash + 1));
    }

    private static boolean testExists(String type, @org.jspecify.annotations.Nullable String method) {
        return files().filter(file -> file.getFileName().toString().equals(type + ".java"))
                .anyMatch(file -> method == null || Repository.text(file).contains(" " + method + "("));
    }

    private static Stream<Path> files() {
        return Repository.files(".java").stream();
    }
}
