package io.switchboard.standalone;

import java.util.List;

/** Settings that cannot be meant; all of them at once, a line each. Leads to exit code 2. */
final class SettingsFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    SettingsFailure(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
