package io.switchboard.runtime;

import java.util.List;

/** The configuration cannot be used; carries every problem found, each naming its variable and what it takes. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public InvalidSettings(List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
