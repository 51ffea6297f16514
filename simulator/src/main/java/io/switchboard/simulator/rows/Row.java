package io.switchboard.simulator.rows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.switchboard.simulator.rows.RowSettings.Casing;
import io.switchboard.simulator.rows.RowSettings.Nulls;
import io.switchboard.simulator.rows.RowSettings.Offset;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction that follows the switches for nulls, words and times. */
final class Row {
    private final RowSettings form;
    private final JsonObject json = new JsonObject();

    Row(RowSettings form) {
        this.form = form;
    }

    JsonObject json() {
        return json;
    }

    /** A member that is documented as null when it has no value. */
    @CanIgnoreReturnValue
    Row put(String name, @Nullable Object value) {
        if (value != null || form.nulls() != Nulls.MISSING) {
            json.put(name, value);
        }
        return this;
    }

    /** A member that is documented as left out when it has no value. */
    @CanIgnoreReturnValue
    Row maybe(String name, @Nullable Object value) {
        if (value != null || form.nulls() == Nulls.NULL) {
            json.put(name, value);
        }
        return this;
    }

    /** A word of a closed list, given in Pascal case, documented in that of the family. */
    @CanIgnoreReturnValue
    Row word(String name, @Nullable String pascal, Casing documented) {
        return put(name, pascal == null ? null : cased(pascal, documented));
    }

    /** A time, documented with that offset. */
    @CanIgnoreReturnValue
    Row time(String name, Instant instant, Offset documented) {
        return put(name, Times.text(instant, documented, form));
    }

    @CanIgnoreReturnValue
    Row maybeTime(String name, @Nullable Instant instant, Offset documented) {
        return maybe(name, instant == null ? null : Times.text(instant, documented, form));
    }

    private String cased(String pascal, Casing documented) {
        return switch (form.casing() == Casing.DOCUMENTED ? documented : form.casing()) {
            case CAMEL -> pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
            case UPPER -> pascal.toUpperCase(Locale.ROOT);
            case DOCUMENTED, PASCAL -> pascal;
        };
    }
}
