package io.switchboard.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A document, as far as tests look into it. Code blocks are skipped. */
public record Markdown(String path, List<String> lines) {
    private static final Pattern HEADING = Pattern.compile("(#+) (.+)");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    public static Markdown load(String path) {
        var prose = new ArrayList<String>();
        var inCode = false;
        for (var line : Repository.text(path).lines().toList()) {
            if (line.strip().startsWith("```")) {
                inCode = !inCode;
            } else if (!inCode) {
                prose.add(line);
            }
        }
        return new Markdown(path, List.copyOf(prose));
    }

    public Set<String> anchors() {
        return headings("#+");
    }

    public Set<String> anchorsOfLevel(int level) {
        return headings("#{" + level + "}");
    }

    /** Link targets that are no web addresses. */
    public List<String> localLinks() {
        return lines.stream()
                .flatMap(line -> LINK.matcher(line).results().map(found -> found.group(1)))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** What stands in back quotes anywhere. */
    public List<String> codeSpans() {
        return lines.stream()
                .flatMap(line -> CODE.matcher(line).results().map(found -> found.group(1)))
                .toList();
    }

    /** What stands in back quotes in the first cell of the rows of tables. */
    public List<String> tableKeys() {
        return lines.stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("(?<!\\\\)\\|", -1)[1])
                .flatMap(cell -> CODE.matcher(cell).results().map(found -> found.group(1)))
                .toList();
    }

    private Set<String> headings(String level) {
        return lines.stream()
                .map(HEADING::matcher)
                .filter(heading -> heading.matches() && heading.group(1).matches(level))
                .map(heading -> anchor(heading.group(2)))
                .collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
