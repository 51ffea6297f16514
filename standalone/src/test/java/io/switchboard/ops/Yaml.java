package io.switchboard.ops;

import io.switchboard.house.Repository;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping in a YAML file, with merge keys resolved; complains by path about what is missing. */
record Yaml(String path, Map<?, ?> values) {

    static Yaml load(String file) {
        Object loaded = new org.yaml.snakeyaml.Yaml().load(Repository.text(file));
        return mapping(file, loaded);
    }

    Set<String> keys() {
        return values.keySet().stream()
                .map(String::valueOf)
                .collect(java.util.stream.Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    Yaml mapping(String key) {
        return mapping(path + "." + key, values.get(key));
    }

    Optional<Yaml> optionalMapping(String key) {
        return has(key) ? Optional.of(mapping(key)) : Optional.empty();
    }

    String text(String key) {
        return Objects.requireNonNull(values.get(key), path + "." + key + " is missing")
                .toString();
    }

    List<String> texts(String key) {
        return sequence(key).stream().map(String::valueOf).toList();
    }

    List<Yaml> mappings(String key) {
        return sequence(key).stream()
                .map(item -> mapping(path + "." + key, item))
                .toList();
    }

    private List<?> sequence(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw new AssertionError(path + "." + key + " is no sequence");
        };
    }

    private static Yaml mapping(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Yaml(path, map);
        }
        throw new AssertionError(path + " is no mapping");
    }
}
