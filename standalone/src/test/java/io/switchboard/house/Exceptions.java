package io.switchboard.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A rule with a closed list of those who may break it; the list may only shrink. */
final class Exceptions {
    private Exceptions() {}

    /**
     * Asserts that nobody breaks a rule but those on the list, and that everyone on the list still does.
     *
     * @param found who breaks the rule: name → where
     * @param allowed name → why
     */
    static void hold(Map<String, String> found, Map<String, String> allowed) {
        var offenders = new TreeMap<>(found);
        offenders.keySet().removeAll(allowed.keySet());
        assertThat(offenders).as("offenders that no exception names").isEmpty();
        assertThat(unneeded(found.keySet(), allowed.keySet()))
                .as("exceptions that nobody needs any more: strike them off")
                .isEmpty();
    }

    private static Collection<String> unneeded(Collection<String> found, Collection<String> allowed) {
        var unneeded = new TreeSet<>(allowed);
        unneeded.removeAll(found);
        return unneeded;
    }
}
