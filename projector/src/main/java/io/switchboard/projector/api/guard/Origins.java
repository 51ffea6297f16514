package io.switchboard.projector.api.guard;

import io.switchboard.runtime.SettingsReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The origins whose pages may read answers (CORS); none unless the settings name some. */
public record Origins(Set<String> allowed) {
    public static final String VARIABLE = "API_CORS_ORIGINS";

    /** As browsers write it (RFC 6454): lower case, no path, no default port. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?!http://.*:80$|https://.*:443$)https?://[a-z0-9.\\-]+(:\\d{1,5})?|https?://\\[[0-9a-f:]+](:\\d{1,5})?");

    private static final String TAKES =
            "takes a comma list of origins as browsers send them, such as https://dashboard.example or"
                    + " http://localhost:5173: no *, no path, no default port";

    public Origins {
        allowed = Set.copyOf(allowed);
    }

    public static Origins of(SettingsReader reader) {
        var origins = reader.list(VARIABLE);
        if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            reader.reject(VARIABLE, TAKES);
            return new Origins(Set.of());
        }
        return new Origins(new TreeSet<>(List.copyOf(origins)));
    }

    /** Whether answers depend on the origin at all. */
    public boolean matter() {
        return !allowed.isEmpty();
    }

    public boolean allow(@Nullable String origin) {
        return origin != null && allowed.contains(origin);
    }
}
