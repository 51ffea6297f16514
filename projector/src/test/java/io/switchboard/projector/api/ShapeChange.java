package io.switchboard.projector.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A difference between two shapes of the API.
 *
 * @param breaks whether a client that was right before can be wrong now
 */
record ShapeChange(String place, String before, String after, boolean breaks) {
    private static final String REQUIRED = "required ";
    private static final String NOTHING = "";

    /** Everything that changed from one list of lines to another. */
    static List<ShapeChange> between(Collection<String> before, Collection<String> after) {
        var old = ApiShape.expanded(before);
        var fresh = ApiShape.expanded(after);
        var places = new TreeSet<>(old.keySet());
        places.addAll(fresh.keySet());
        places.remove("version");
        var changes = new ArrayList<ShapeChange>();
        for (var place : places) {
            var was = old.getOrDefault(place, NOTHING);
            var is = fresh.getOrDefault(place, NOTHING);
            if (!was.equals(is)) {
                var known = old.containsKey(operation(place));
                changes.add(new ShapeChange(place, was, is, known && breaks(place, was, is)));
            }
        }
        return changes;
    }

    private static boolean breaks(String place, String was, String is) {
        if (is.equals(NOTHING)) {
            return true; // a client may read it, or send it and be refused
        }
        var sent = isSent(place);
        if (was.equals(NOTHING)) {
            return sent && is.startsWith(REQUIRED);
        }
        return sent ? breaksSender(was, is) : breaksReader(was, is);
    }

    private static boolean breaksSender(String was, String is) {
        var demands = is.startsWith(REQUIRED) && !was.startsWith(REQUIRED);
        var fewerWords = hasWords(is) && !(hasWords(was) && all(words(was), words(is)));
        return demands || !all(types(was), types(is)) || fewerWords;
    }

    // Enumerations are open: a reader ignores words that are new.
    private static boolean breaksReader(String was, String is) {
        var mayMiss = was.startsWith(REQUIRED) && !is.startsWith(REQUIRED);
        var wordsGone = hasWords(was) && !(hasWords(is) && all(words(was), words(is)));
        return mayMiss || !all(types(is), types(was)) || wordsGone;
    }

    /** Whether clients send what stands there; they read the rest. */
    private static boolean isSent(String place) {
        var parts = place.split(" ");
        return parts.length > 2 && (parts[2].equals("body") || "?/^".indexOf(parts[2].charAt(0)) >= 0);
    }

    private static String operation(String place) {
        var parts = place.split(" ");
        return parts.length > 2 ? parts[0] + " " + parts[1] : place;
    }

    private static boolean all(Set<String> some, Set<String> many) {
        return many.containsAll(some);
    }

    private static Set<String> types(String what) {
        var kind = what.startsWith(REQUIRED) ? what.substring(REQUIRED.length()) : what;
        var format = kind.contains(":") ? kind.replaceFirst("^[^:]*:", ":").replaceFirst(" in .*", "") : "";
        var types = new LinkedHashSet<String>();
        Arrays.stream(kind.replaceFirst("( in|:).*", "").split("\\|"))
                .forEach(type -> types.add(type.equals("null") ? type : type + format));
        return types;
    }

    private static boolean hasWords(String what) {
        return what.contains(" in ");
    }

    private static Set<String> words(String what) {
        return hasWords(what)
                ? new TreeSet<>(Arrays.asList(what.replaceFirst(".* in ", "").split(",")))
                : Set.of();
    }

    @Override
    public String toString() {
        return (breaks ? "BREAKS " : "adds   ") + place + ": " + (before.isEmpty() ? "(nothing)" : before) + " → "
                + (after.isEmpty() ? "(nothing)" : after);
    }
}
